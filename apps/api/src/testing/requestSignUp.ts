import type { TestApi } from './createTestApi.ts'

export const PASSWORD = 'a quiet morning by the sea'

/** Asks for a sign-up link, as anybody may; the mail waits for the worker. */
export async function requestSignUp(
  api: TestApi,
  email: string,
  headers: Record<string, string> = {},
): Promise<{ code: string; retryAfterSeconds: number | null }[]> {
  const { data } = await api.request<{
    requestSignUp: { userErrors: { code: string; retryAfterSeconds: number | null }[] }
  }>(
    'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code retryAfterSeconds } } }',
    { input: { email } },
    { headers },
  )
  return data.requestSignUp.userErrors
}

/** Asks for a sign-up link, and takes it out of the mail. */
export async function requestSignUpLink(api: TestApi, email: string): Promise<URL> {
  const before = api.mailbox.messages().length
  await requestSignUp(api, email)
  await api.worker.runDueJobs()
  const mail = api.mailbox
    .messages()
    .slice(before)
    .find(({ to, links }) => to.includes(email.toLowerCase()) && links.length > 0)
  return new URL(mail?.links[0] ?? '')
}
