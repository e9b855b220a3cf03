import type { TestApi } from '../createTestApi.ts'
import type { GraphQLAnswer } from '../postDocument.ts'

export interface SessionAnswer {
  id: string
  status: 'RUNNING' | 'COMPLETED' | 'EXPIRED'
  startedAt: string
  endedAt: string | null
  durationSeconds: number | null
  expiresAt: string | null
  timeZone: string
}

export interface SessionPayload {
  session: SessionAnswer | null
  alreadyLive?: boolean
  serverTime?: string
  userErrors: { code: string; path: string[] | null }[]
}

const FIELDS = 'id status startedAt endedAt durationSeconds expiresAt timeZone'
const ERRORS = 'userErrors { code path }'

/** The mutations and reads of sessions with every field, as one user of one API. */
export class SessionOperations {
  readonly #api: TestApi
  readonly #token: string

  constructor(api: TestApi, { token }: { token: string }) {
    this.#api = api
    this.#token = token
  }

  async start(input: { clientSessionId?: string | null; timeZone?: string | null } = {}) {
    return this.#mutate('startSession', 'StartSessionInput', `alreadyLive serverTime`, input)
  }

  /** Starts one that must not be live yet, and answers with its id. */
  async startNew(timeZone = 'UTC'): Promise<string> {
    const { session, alreadyLive } = await this.start({ timeZone })
    if (!session || alreadyLive) throw new Error('No session was started')
    return session.id
  }

  refresh(id: string) {
    return this.#mutate('refreshSession', 'RefreshSessionInput', 'serverTime', { id })
  }

  end(id: string) {
    return this.#mutate('endSession', 'EndSessionInput', '', { id })
  }

  async live(): Promise<SessionAnswer | null> {
    const { data } = await this.request<{ me: { liveSession: SessionAnswer | null } }>(
      `{ me { liveSession { ${FIELDS} } } }`,
    )
    return data.me.liveSession
  }

  async node(id: string): Promise<SessionAnswer | null> {
    const { data } = await this.request<{ node: SessionAnswer | null }>(
      `query ($id: ID!) { node(id: $id) { ... on Session { ${FIELDS} } } }`,
      { id },
    )
    return data.node
  }

  request<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphQLAnswer<Data>> {
    return this.#api.request<Data>(query, variables, { token: this.#token })
  }

  async #mutate(field: string, inputType: string, more: string, input: object): Promise<SessionPayload> {
    const answer = await this.request<Record<string, SessionPayload>>(
      `mutation ($input: ${inputType}!) { ${field}(input: $input) { session { ${FIELDS} } ${more} ${ERRORS} } }`,
      { input },
    )
    const payload = answer.data?.[field]
    if (!payload) throw new Error(`${field} failed: ${JSON.stringify(answer.errors)}`)
    return payload
  }
}
