import type { EntityManager } from '@mikro-orm/postgresql'
import { derivedId } from '@wellness/domain/derivedId'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import type { Scope } from '@wellness/domain/scope'
import { DAY } from '@wellness/domain/time'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { PlainApiKey } from './apiKeyList.ts'
import { apiKeySecret } from './apiKeySecret.ts'
import { type NamedKey, revokeEveryKey } from './revokeEveryKey.ts'

/** Who asks, and what their mail and their list of events say of it. */
export interface ApiKeyAct {
  viewer: LoginViewer
  client: Client
  requestId: string
}

export interface ApiKeyWish extends ApiKeyAct {
  name: string
  scopes: Scope[]
  /** Null for a key without an end. */
  expiresInDays: number | null
  /** Made by the client for this one key; null where it made none. */
  clientKeyId: string | null
}

/** Makes and revokes API keys. A key is asked for at every request, so that a revoked one is refused from the next on. */
export class ApiKeyService {
  readonly #clock: Clock
  readonly #recentProof: RecentProof
  readonly #throttles: Throttles

  constructor({
    clock,
    recentProof,
    throttles,
  }: {
    clock: Clock
    recentProof: RecentProof
    throttles: Throttles
  }) {
    this.#clock = clock
    this.#recentProof = recentProof
    this.#throttles = throttles
  }

  /**
   * @returns the key, and its secret for the only time.
   * @throws {UserProblem} LIMIT_REACHED, REAUTHENTICATION_REQUIRED, TOO_MANY_ATTEMPTS, or CONFLICT where this client id made a
   *   key that still exists.
   * @throws UNAUTHENTICATED when the login ended since the request began.
   */
  async create(
    em: EntityManager,
    { viewer, client, requestId, name, scopes, expiresInDays, clientKeyId }: ApiKeyWish,
  ): Promise<{ apiKey: PlainApiKey; secret: string }> {
    const now = this.#clock.now()
    const { secret, hash, hint } = apiKeySecret.make()
    const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY)
    const { userId } = viewer
    const id = clientKeyId === null ? newId() : derivedId(userId, `api key ${clientKeyId}`)
    const apiKey = { id, name, hint, scopes, createdAt: now, expiresAt, lastUsedAt: null }
    const { notCarriedOut } = await this.#throttles.admitApiKey(userId)
    const making = this.#recentProof.transaction(em, viewer, async (tx) => {
      // The user is locked: of two that are made side by side, the second finds the first.
      const [found] = await tx.execute<{ count: string; is_made: boolean | null }[]>(
        'select count(*) as count, bool_or(id = ?) as is_made from api_keys where user_id = ?',
        [id, userId],
      )
      if (found?.is_made) throw madeBefore()
      if (Number(found?.count) >= API_KEYS_MAX) throw limitReached()
      await tx.execute(
        `insert into api_keys (id, user_id, name, hint, secret_hash, scopes, created_at, expires_at)
        values (?, ?, ?, ?, ?, string_to_array(?, ','), ?, ?)`,
        [apiKey.id, userId, name, hint, hash, scopes.join(','), now, expiresAt],
      )
      await recordSecurityEvent(tx, { kind: 'API_KEY_CREATED', userId, occurredAt: now, client })
      await this.#tell(tx, 'API_KEY_CREATED', [apiKey], { viewer, client, requestId })
    })
    await making.catch(async (error: unknown) => {
      await notCarriedOut()
      throw error
    })
    return { apiKey, secret }
  }

  /** @throws {UserProblem} NOT_FOUND for what is no key of the viewer, whosever it is. */
  async revoke(em: EntityManager, id: string, act: ApiKeyAct): Promise<void> {
    const keyId = publicId.parse('key', id)
    if (keyId === null) throw notFound()
    const { userId } = act.viewer
    await em.transactional(async (tx) => {
      // As the event will; but before the key, in the order of those that change users and then revoke their keys.
      const users = await tx.execute<object[]>('select 1 from users where id = ? for key share', [userId])
      if (users.length === 0) throw unauthenticated()
      const revoked = await tx.execute<NamedKey[]>(
        'delete from api_keys where id = ? and user_id = ? returning name, hint',
        [keyId, userId],
      )
      if (revoked.length === 0) throw notFound()
      const told = { kind: 'API_KEY_REVOKED', userId, client: act.client } as const
      await recordSecurityEvent(tx, { ...told, occurredAt: this.#clock.now() })
      await this.#tell(tx, 'API_KEY_REVOKED', revoked, act)
    })
  }

  /** Revokes every key of the viewer and tells them, in the caller's transaction, which holds the user. */
  async revokeAll(tx: EntityManager, act: ApiKeyAct): Promise<void> {
    const { viewer, client } = act
    const revoked = await revokeEveryKey(tx, { userId: viewer.userId, client, now: this.#clock.now() })
    if (revoked.length > 0) await this.#tell(tx, 'API_KEY_REVOKED', revoked, act)
  }

  #tell(
    tx: EntityManager,
    kind: 'API_KEY_CREATED' | 'API_KEY_REVOKED',
    keys: NamedKey[],
    { viewer: { userId, user }, client, requestId }: ApiKeyAct,
  ): Promise<void> {
    const apiKeys = keys.map(({ name, hint }) => ({ name, hint }))
    const now = this.#clock.now()
    return enqueueNotice(tx, { kind, userId, email: user.email, apiKeys, client, now, requestId })
  }
}

function notFound(): UserProblem {
  return new UserProblem({
    code: 'NOT_FOUND',
    message: 'There is no such API key, or it was revoked already.',
    path: ['id'],
  })
}

function madeBefore(): UserProblem {
  return new UserProblem({
    code: 'CONFLICT',
    message: 'This key was created already. It is told once, right then: if it was not kept, revoke it.',
    path: ['clientKeyId'],
  })
}

function limitReached(): UserProblem {
  return new UserProblem({
    code: 'LIMIT_REACHED',
    message: `You have ${API_KEYS_MAX} API keys, which is the most, expired ones included. Revoke one first.`,
  })
}
