import type { Page } from 'playwright-core'

/** Opens a page as it is after a link was sent to an address. */
export async function openSent(page: Page, path: string, email = 'anna@example.com'): Promise<void> {
  await page.goto('/support')
  const url = new URL(page.url()).origin
  await page.context().addCookies([{ name: 'sent-to', value: email, url }])
  await page.goto(path)
}
