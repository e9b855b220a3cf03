import type { TestApi } from './createTestApi.ts'
import type { TestUser } from './createUser.ts'
import { mutate } from './mutate.ts'

interface Created {
  createApiKey: {
    apiKey: ListedApiKey | null
    secret: string | null
    userErrors: { code: string; path: string[] | null }[]
  }
}

export interface ListedApiKey {
  id: string
  name: string
  hint: string
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

const FIELDS = 'id name hint scopes createdAt expiresAt lastUsedAt'

/** What people do with API keys, as a client does it. */
export class ApiKeyOperations {
  static readonly WISH = {
    name: 'nightly export',
    scopes: ['PROFILE_READ', 'SESSIONS_READ'],
    expiresInDays: 90,
  }
  readonly #api: TestApi

  constructor(api: TestApi) {
    this.#api = api
  }

  async create({ token }: { token: string }, wish: object = ApiKeyOperations.WISH) {
    const { status, data, errors } = await this.#api.request<Created | null>(
      `mutation ($input: CreateApiKeyInput!) {
        createApiKey(input: $input) { apiKey { ${FIELDS} } secret userErrors { code path } }
      }`,
      { input: wish },
      { token },
    )
    const { apiKey = null, secret = null, userErrors = [] } = data?.createApiKey ?? {}
    return { status, errors, apiKey, secret, userErrors, codes: userErrors.map(({ code }) => code) }
  }

  async list({ token }: { token: string }): Promise<ListedApiKey[]> {
    const answer = await this.#api.request<{ me: { apiKeys: ListedApiKey[] } }>(
      `{ me { apiKeys { ${FIELDS} } } }`,
      {},
      { token },
    )
    return answer.data.me.apiKeys
  }

  revoke(id: string, { token }: { token: string }) {
    return mutate(this.#api, 'revokeApiKey', { id }, { token })
  }

  /** Of a request with this credential. */
  async statusOf(token: string): Promise<number> {
    return (await this.#api.request('{ me { id } }', {}, { token })).status
  }

  async eventsOf({ userId }: TestUser): Promise<string[]> {
    const rows = await this.#api.sql<{ kind: string }>(
      'select kind from security_events where user_id = ? order by id',
      [userId],
    )
    return rows.map(({ kind }) => kind)
  }
}
