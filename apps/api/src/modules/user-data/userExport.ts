import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../platform/clock/clock.ts'
import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import type { Client } from '../../platform/graphql/requestContext.ts'
import type { LoginViewer } from '../identity/logins/viewer.ts'
import { enqueueNotice } from '../identity/notices/enqueueNotice.ts'
import type { RecentProof } from '../identity/recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../identity/security-events/recordSecurityEvent.ts'
import type { Throttles } from '../identity/throttles/throttles.ts'
import { writeExport } from './writeExport.ts'

export interface UserExportRequest {
  viewer: LoginViewer
  client: Client
  requestId: string
}

interface UserExportParts {
  clock: Clock
  statements: StatementRunner
  recentProof: RecentProof
  throttles: Throttles
}

/** Hands a person a copy of everything about them. */
export class UserExport {
  readonly #parts: UserExportParts

  constructor(parts: UserExportParts) {
    this.#parts = parts
  }

  /**
   * The pieces of the file, read as they are taken.
   *
   * @throws {UserProblem} REAUTHENTICATION_REQUIRED or TOO_MANY_ATTEMPTS.
   * @throws UNAUTHENTICATED when the login ended since the request began.
   */
  async begin(em: EntityManager, request: UserExportRequest): Promise<AsyncGenerator<string>> {
    const { clock, statements, recentProof, throttles } = this.#parts
    const { viewer, client, requestId } = request
    const now = clock.now()
    recentProof.assertGiven(viewer.credential)
    await throttles.admitExport(viewer.userId)
    // Told before the first byte leaves: whoever takes a copy cannot keep its owner from hearing of it.
    const told = { kind: 'DATA_EXPORTED', userId: viewer.userId, client } as const
    await recentProof.transaction(em, viewer, async (tx) => {
      await recordSecurityEvent(tx, { ...told, occurredAt: now })
      await enqueueNotice(tx, { ...told, email: viewer.user.email, now, requestId })
    })
    return writeExport(statements, { userId: viewer.userId, email: viewer.user.email }, now)
  }
}
