import type { Page } from 'playwright-core'

/** Opens a page as it tells, once, what was just done. */
export async function openDone(page: Page, path: string, done: string, text: string): Promise<void> {
  // Where a page tells of nothing else it leads away, so the cookie comes first.
  await page.goto('/support')
  await page.context().addCookies([{ name: 'done', value: done, url: new URL(page.url()).origin }])
  await page.goto(path)
  await page.getByText(text).waitFor()
}
