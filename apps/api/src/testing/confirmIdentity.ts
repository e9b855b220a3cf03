import type { TestApi } from './createTestApi.ts'
import { fromClient } from './signIn.ts'

export interface ConfirmIdentityAnswer {
  status: number
  token: string | null
  expiresAt: string | null
  userErrors: { code: string; path: string[] | null; retryAfterSeconds: number | null }[]
}

/** Proves identity for a login, by whatever the input says. */
export async function confirmIdentity(
  api: TestApi,
  token: string,
  input: { password?: string | null; code?: string | null },
  { clientAddress }: { clientAddress?: string } = {},
): Promise<ConfirmIdentityAnswer> {
  const { status, data } = await api.request<{
    confirmIdentity: Omit<ConfirmIdentityAnswer, 'status'>
  } | null>(
    `mutation ($input: ConfirmIdentityInput!) {
      confirmIdentity(input: $input) { token expiresAt userErrors { code path retryAfterSeconds } }
    }`,
    { input },
    { token, headers: clientAddress ? fromClient(api, clientAddress) : {} },
  )
  return { status, ...(data?.confirmIdentity ?? { token: null, expiresAt: null, userErrors: [] }) }
}
