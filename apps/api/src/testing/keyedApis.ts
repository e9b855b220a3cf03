import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import { createTestApi, type TestApi } from './createTestApi.ts'
import type { GraphQLAnswer } from './postDocument.ts'
import { startSibling } from './startSibling.ts'

export interface KeyedRequest {
  text?: string
  input?: object
  by: { token: string | null }
  to?: TestApi
}

export type KeyedAnswer = GraphQLAnswer<unknown> & {
  code: string | undefined
  isReplayed: boolean
  /** All of it but the head. */
  body: Pick<GraphQLAnswer<unknown>, 'data' | 'errors' | 'extensions'>
}

/** Two processes of an API over the same stores, for requests with an Idempotency-Key. */
export class KeyedApis {
  static readonly START =
    'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } alreadyLive serverTime } }'
  static readonly END =
    'mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } userErrors { code } } }'
  static readonly RENAME =
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } userErrors { code } } }'

  private constructor(
    readonly api: TestApi,
    readonly sibling: TestApi,
    /** Of their own, and one node: the line to it can be cut. */
    readonly redisServer: RedisServer,
  ) {}

  static async start(): Promise<KeyedApis> {
    const redisServer = await startRedis({ port: await findFreePort() })
    const api = await createTestApi({ env: { REDIS_URL: redisServer.url } })
    return new KeyedApis(api, await startSibling(api), redisServer)
  }

  async close(): Promise<void> {
    await this.sibling.close()
    await this.api.close()
    await this.redisServer.stop()
  }

  async send(
    key: string,
    { text = KeyedApis.START, input = {}, by, to = this.api }: KeyedRequest,
  ): Promise<KeyedAnswer> {
    const headers = { 'idempotency-key': key }
    const answer = await to.request<unknown>(text, { input }, { ...by, headers })
    const { data, errors, extensions } = answer
    return {
      ...answer,
      code: errors?.[0]?.extensions.code,
      isReplayed: answer.headers.get('idempotent-replayed') === 'true',
      body: { data, extensions, ...(errors && { errors }) },
    }
  }

  /** How often sessions were begun, by either process, since this was last cleared. */
  get executions(): number {
    const all = [...this.api.statements, ...this.sibling.statements]
    return all.filter((text) => text.includes('insert into session_metadata')).length
  }

  clear(): void {
    this.api.statements.length = this.sibling.statements.length = 0
  }

  /** Lets the leases of all that runs or was cut off pass, as 15 seconds would. */
  async passLeases(): Promise<void> {
    const { redis } = this.api.app.services
    for (const name of await redis.keys('idempotency:{*}:*')) await redis.hset(name, 'until', 0)
  }
}
