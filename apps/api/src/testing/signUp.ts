import type { TestApi } from './createTestApi.ts'

export const PASSWORD = 'a quiet morning by the sea'

export interface SignedUp {
  email: string
  password: string
  /** Of the login that came with it. */
  token: string
}

/** Signs up as a person does: by mail, and with a password that is hashed. */
export async function signUp(
  api: TestApi,
  { email, password = PASSWORD, name }: { email: string; password?: string; name?: string },
): Promise<SignedUp> {
  const link = await requestSignUpLink(api, email)
  const { data } = await api.request<{ completeSignUp: { token: string | null } }>(
    'mutation ($input: CompleteSignUpInput!) { completeSignUp(input: $input) { token } }',
    { input: { token: link.searchParams.get('token'), password, name } },
  )
  const { token } = data.completeSignUp
  if (token === null) throw new Error(`${email} could not be signed up.`)
  return { email, password, token }
}

/** Asks for a sign-up link, and takes it out of the mail. */
export async function requestSignUpLink(api: TestApi, email: string): Promise<URL> {
  const before = api.mailbox.messages().length
  await api.request(
    'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }',
    { input: { email } },
  )
  await api.worker.runDueJobs()
  const mail = api.mailbox
    .messages()
    .slice(before)
    .find(({ to }) => to.includes(email.toLowerCase()))
  return new URL(mail?.links[0] ?? '')
}
