import type { TestApi } from './createTestApi.ts'
import { PASSWORD } from './requestSignUp.ts'

export interface CompletedSignUp {
  user: {
    id: string
    email: string
    name: string | null
    emailVerifiedAt: string | null
    accounts: unknown[]
  } | null
  token: string | null
  expiresAt: string | null
  userErrors: { code: string; path: string[] | null }[]
}

/** Uses a sign-up link, or a token alone, as the page behind it does. */
export async function completeSignUp(
  api: TestApi,
  link: URL | string,
  {
    password = PASSWORD,
    name,
    token,
  }: { password?: string; name?: string | null | undefined; token?: string } = {},
): Promise<CompletedSignUp> {
  const { data } = await api.request<{ completeSignUp: CompletedSignUp }>(
    `mutation ($input: CompleteSignUpInput!) {
      completeSignUp(input: $input) {
        user { id email name emailVerifiedAt accounts { provider } } token expiresAt userErrors { code path }
      }
    }`,
    { input: { token: typeof link === 'string' ? link : link.searchParams.get('token'), password, name } },
    { token: token ?? null },
  )
  return data.completeSignUp
}
