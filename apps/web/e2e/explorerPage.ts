import type { Page, Response } from 'playwright-core'
import { inject } from 'vitest'
import type { Person } from './harness.ts'

/** What somebody does in the explorer, whatever a test of it is about. */
export const explorerPage = {
  async open(page: Page): Promise<Page> {
    await page.goto('/explorer')
    await page.locator('button:enabled', { hasText: 'Who am I' }).waitFor()
    return page
  },

  /** Opens an example, runs it, and gives what the page shows as the answer. */
  async runExample(page: Page, title: string): Promise<Record<string, unknown>> {
    const list = page.getByRole('region', { name: 'Examples' })
    if (!(await list.isVisible())) await page.getByRole('button', { name: 'Show Examples' }).click()
    await page.getByRole('button', { name: title }).click()
    return explorerPage.run(page)
  },

  async run(page: Page): Promise<Record<string, unknown>> {
    const answered = explorerPage.waitForAnswer(page)
    await page.getByRole('button', { name: /^Execute query/ }).click()
    const answer = (await answered.then((response) => response.json())) as Record<string, unknown>
    // Until the answer was taken in, the button stops the run.
    await page.getByRole('button', { name: /^Execute query/ }).waitFor()
    return answer
  },

  /** To an operation that was run here, not to GraphiQL's own question about the schema. */
  waitForAnswer(page: Page): Promise<Response> {
    return page.waitForResponse(
      (response) =>
        response.url().endsWith('/explorer/run') &&
        !response.request().postData()?.includes('IntrospectionQuery'),
    )
  },

  async createKey({ token }: Person, scopes: string[]): Promise<string> {
    const response = await fetch(`${inject('product').apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
        variables: { input: { name: 'Explorer', scopes } },
      }),
    })
    const { data } = (await response.json()) as { data: { createApiKey: { secret: string } } }
    return data.createApiKey.secret
  },

  async useKey(page: Page, key: string): Promise<void> {
    await page.getByLabel('API key').fill(key)
    await page.getByRole('button', { name: 'Use the key' }).click()
    await page.getByText('You act by the API key').waitFor()
  },
}
