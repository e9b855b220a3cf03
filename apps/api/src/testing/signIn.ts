import { CLIENT_ADDRESS_HEADER, WEB_API_SECRET_HEADER } from '@wellness/domain/webHeaders'
import type { TestApi } from './createTestApi.ts'
import type { GraphQLAnswer } from './postDocument.ts'

export interface SignInAnswer {
  signIn: {
    user: { id: string; email: string } | null
    token: string | null
    expiresAt: string | null
    deviceToken: string | null
    userErrors: {
      code: string
      message: string
      path: string[] | null
      retryAfterSeconds: number | null
    }[]
  }
}

export interface SignInOptions {
  email: string
  password: string
  /** Where the request seems to come from; as the web app says it, since that is whom the API believes. */
  clientAddress?: string
  /** What the device kept of an earlier sign-in. */
  deviceToken?: string | null
  /** A login that the request comes with. */
  token?: string
}

/** Signs in with every field of the answer. */
export function signIn(
  api: TestApi,
  { email, password, deviceToken, clientAddress, token }: SignInOptions,
): Promise<GraphQLAnswer<SignInAnswer>> {
  return api.request<SignInAnswer>(
    `mutation ($input: SignInInput!) {
      signIn(input: $input) {
        user { id email } token expiresAt deviceToken userErrors { code message path retryAfterSeconds }
      }
    }`,
    { input: { email, password, deviceToken } },
    { token: token ?? null, headers: clientAddress ? fromClient(api, clientAddress) : {} },
  )
}

/** The headers by which the web app says for whom it asks. */
export function fromClient(api: TestApi, clientAddress: string): Record<string, string> {
  return { [WEB_API_SECRET_HEADER]: api.env.WEB_API_SECRET, [CLIENT_ADDRESS_HEADER]: clientAddress }
}
