import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

async function open(): Promise<Page> {
  const page = await harness.newPageOf(await harness.newPerson())
  await page.goto('/today')
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  return page
}

const isSamePage = (page: Page) => page.evaluate(() => 'isSamePage' in window)

test('a link changes the page without a reload, and the way back works', async () => {
  const page = await open()
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await page.getByRole('heading', { name: 'History', level: 1 }).waitFor()
  expect(await isSamePage(page)).toBe(true)
  const current = page.locator('header [aria-current=page]')
  expect(await current.allInnerTexts()).toEqual(['History'])
  await page.goBack()
  await expect.poll(() => current.allInnerTexts()).toEqual(['Today'])
  expect(await isSamePage(page)).toBe(true)
})

test('a link with Ctrl or the middle button opens a tab of its own', async () => {
  const page = await open()
  const link = page.getByRole('link', { name: 'History', exact: true })
  for (const options of [{ modifiers: ['ControlOrMeta' as const] }, { button: 'middle' as const }]) {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click(options)])
    await tab.waitForURL('**/history')
    await tab.close()
    expect(new URL(page.url()).pathname).toBe('/today')
  }
})

test('a link to a part of the page stays on it', async () => {
  const page = await open()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#main')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  expect(await isSamePage(page)).toBe(true)
})
