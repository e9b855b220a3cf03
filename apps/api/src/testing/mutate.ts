import type { TestApi } from './createTestApi.ts'

export interface MutationAnswer {
  status: number
  token: string | null
  userErrors: { code: string; path: string[] | null; message: string; retryAfterSeconds: number | null }[]
  codes: string[]
}

/** Calls a mutation by its name, as clients do whose payloads are alike. */
export async function mutate(
  api: TestApi,
  name: string,
  input: Record<string, unknown>,
  {
    token,
    fields = '',
    headers = {},
  }: { token?: string; fields?: string; headers?: Record<string, string> } = {},
): Promise<MutationAnswer> {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const { status, data } = await api.request<Record<string, Omit<MutationAnswer, 'status' | 'codes'>> | null>(
    `mutation ($input: ${inputType}!) {
      ${name}(input: $input) { ${fields} userErrors { code path message retryAfterSeconds } }
    }`,
    { input },
    { token: token ?? null, headers },
  )
  const { userErrors = [], ...payload } = data?.[name] ?? {}
  return { status, token: null, ...payload, userErrors, codes: userErrors.map(({ code }) => code) }
}
