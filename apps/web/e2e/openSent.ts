import type { Page } from 'playwright-core'

/** Opens a page as it is after a link was sent to anna@example.com. */
export async function openSent(page: Page, path: string): Promise<void> {
  await page.goto('/support')
  const url = new URL(page.url()).origin
  await page.context().addCookies([{ name: 'sent-to', value: 'anna@example.com', url }])
  await page.goto(path)
}
