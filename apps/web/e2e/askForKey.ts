import type { Page } from 'playwright-core'

/** Fills in the form for a new API key, and sends it. */
export async function askForKey(page: Page, name: string, ...scopes: string[]): Promise<void> {
  await page.goto('/settings/keys/new')
  await page.getByLabel('Name').fill(name)
  for (const scope of scopes) await page.getByLabel(scope).check()
  await page.getByRole('button', { name: 'Create key' }).click()
}
