import type { Page } from 'playwright-core'
import { findFaults } from './findFaults.ts'

const PHONE = { width: 320, height: 640 }
const DESKTOP = { width: 1280, height: 800 }

/**
 * Opens one page after the other, and says what is wrong with each on phone and desktop, light and dark; also what it writes
 * to the console, and what it asks of another origin.
 */
export async function lookAt(
  page: Page,
  pages: Record<string, (page: Page) => Promise<unknown>>,
  origin: string,
): Promise<Record<string, string[]>> {
  const problems: Record<string, string[]> = {}
  let current = ''
  const note = (...faults: string[]) => {
    if (faults.length > 0) problems[current] = [...(problems[current] ?? []), ...faults]
  }
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) note(`asks ${request.url()}`)
  })
  page.on('pageerror', (error) => note(error.message))
  page.on('console', (message) => {
    const isRefusal = /the server responded with a status of (400|404|409|410|422|429|500|503)/.test(
      message.text(),
    )
    if (['error', 'warning'].includes(message.type()) && !isRefusal) note(message.text())
  })
  for (const [name, open] of Object.entries(pages)) {
    current = name
    await open(page)
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const faults = await findFaults(page)
        note(...faults.map((fault) => `${viewport.width} px, ${colorScheme}: ${fault}`))
      }
    }
  }
  return problems
}
