import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { LoginService } from './login.service.ts'
import type { Viewer } from './viewer.ts'

interface RevokeLoginsParts {
  clock: Clock
  logins: LoginService
  recentProof: RecentProof
}

/** Ends logins on the person's own word, from the next request on. A session that runs goes on. */
export class RevokeLoginsService {
  readonly #parts: RevokeLoginsParts

  constructor(parts: RevokeLoginsParts) {
    this.#parts = parts
  }

  async others(em: EntityManager, viewer: Viewer, client: Client): Promise<void> {
    const { clock, logins, recentProof } = this.#parts
    await recentProof.transaction(em, viewer, async (tx) => {
      const count = await logins.endOthers(tx, viewer)
      const event = { kind: 'LOGIN_REVOKED', userId: viewer.userId, occurredAt: clock.now(), client } as const
      for (let i = 0; i < count; i += 1) await recordSecurityEvent(tx, event)
    })
  }

  async all(em: EntityManager, viewer: Viewer, client: Client): Promise<void> {
    const { clock, logins, recentProof } = this.#parts
    await recentProof.transaction(em, viewer, async (tx) => {
      await logins.endAll(tx, viewer.userId)
      await recordSecurityEvent(tx, {
        kind: 'ALL_LOGINS_REVOKED',
        userId: viewer.userId,
        occurredAt: clock.now(),
        client,
      })
    })
  }
}
