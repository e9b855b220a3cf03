import type { EntityManager } from '@mikro-orm/postgresql'
import { publicId } from '@wellness/domain/publicId'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { SecurityEventKind } from '../security-events/securityEventKind.ts'
import type { LoginService } from './login.service.ts'
import type { Viewer } from './viewer.ts'

interface RevokeLoginsParts {
  clock: Clock
  devices: DeviceTokens
  logins: LoginService
  recentProof: RecentProof
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
    viewer: Viewer,
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
  async others(em: EntityManager, viewer: Viewer, client: Client): Promise<{ deviceToken: string }> {
    const { devices, logins, recentProof } = this.#parts
    return recentProof.transaction(em, viewer, async (tx) => {
      const { count, authEpoch } = await logins.endOthers(tx, viewer)
      for (let i = 0; i < count; i += 1) await this.#record(tx, 'LOGIN_REVOKED', viewer.userId, client)
      return { deviceToken: devices.make({ id: viewer.userId, authEpoch }) }
    })
  }

  async all(em: EntityManager, viewer: Viewer, client: Client): Promise<void> {
    const { logins, recentProof } = this.#parts
    await recentProof.transaction(em, viewer, async (tx) => {
      await logins.endAll(tx, viewer.userId)
      await this.#record(tx, 'ALL_LOGINS_REVOKED', viewer.userId, client)
    })
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
