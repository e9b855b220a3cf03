import type { EntityManager } from '@mikro-orm/postgresql'
import { publicId } from '@wellness/domain/publicId'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { ApiKeyService } from '../api-keys/apiKey.service.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { SecurityEventKind } from '../security-events/securityEventKind.ts'
import type { LoginService } from './login.service.ts'
import type { LoginViewer } from './viewer.ts'

interface RevokeLoginsParts {
  clock: Clock
  apiKeys: ApiKeyService
  devices: DeviceTokens
  logins: LoginService
  recentProof: RecentProof
}

export interface RevokeLoginsWish {
  /** Whether the keys that act for the person go, too. */
  revokeApiKeys: boolean
  client: Client
  requestId: string
}

/** Ends logins on the person's own word, from the next request on. A session that runs goes on. */
export class RevokeLoginsService {
  readonly #parts: RevokeLoginsParts

  constructor(parts: RevokeLoginsParts) {
    this.#parts = parts
  }

  /** @throws {UserProblem} NOT_FOUND for what is no login of the viewer, whosever it is. */
  async one(
    em: EntityManager,
    viewer: LoginViewer,
    { id, client }: { id: string; client: Client },
  ): Promise<void> {
    const loginId = publicId.parse('login', id)
    if (loginId === null) throw notFound()
    const { userId } = viewer
    await this.#parts.recentProof.transaction(em, viewer, async (tx) => {
      const ended = await tx.execute<object[]>(
        'delete from logins where id = ? and user_id = ? returning id',
        [loginId, userId],
      )
      if (ended.length === 0) throw notFound()
      await this.#record(tx, 'LOGIN_REVOKED', userId, client)
    })
  }

  /** @returns what makes this device a known one of the new epoch. */
  async others(
    em: EntityManager,
    viewer: LoginViewer,
    wish: RevokeLoginsWish,
  ): Promise<{ deviceToken: string }> {
    const { devices, logins, recentProof } = this.#parts
    const { client } = wish
    return recentProof.transaction(em, viewer, async (tx) => {
      const { count, authEpoch } = await logins.endOthers(tx, viewer)
      await this.#revokeKeys(tx, viewer, wish)
      for (let i = 0; i < count; i += 1) await this.#record(tx, 'LOGIN_REVOKED', viewer.userId, client)
      return { deviceToken: devices.make({ id: viewer.userId, authEpoch }) }
    })
  }

  async all(em: EntityManager, viewer: LoginViewer, wish: RevokeLoginsWish): Promise<void> {
    const { logins, recentProof } = this.#parts
    await recentProof.transaction(em, viewer, async (tx) => {
      await logins.endAll(tx, viewer.userId)
      await this.#revokeKeys(tx, viewer, wish)
      await this.#record(tx, 'ALL_LOGINS_REVOKED', viewer.userId, wish.client)
    })
  }

  async #revokeKeys(
    tx: EntityManager,
    viewer: LoginViewer,
    { revokeApiKeys, client, requestId }: RevokeLoginsWish,
  ): Promise<void> {
    if (revokeApiKeys) await this.#parts.apiKeys.revokeAll(tx, { viewer, client, requestId })
  }

  #record(tx: EntityManager, kind: SecurityEventKind, userId: string, client: Client): Promise<void> {
    return recordSecurityEvent(tx, { kind, userId, occurredAt: this.#parts.clock.now(), client })
  }
}

function notFound(): UserProblem {
  return new UserProblem({
    code: 'NOT_FOUND',
    message: 'There is no such login, or it has ended already.',
    path: ['id'],
  })
}
