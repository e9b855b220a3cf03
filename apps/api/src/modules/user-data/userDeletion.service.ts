import type { EntityManager } from '@mikro-orm/postgresql'
import { DAY, SECOND } from '@wellness/domain/time'
import type { Logger } from 'pino'
import type { Clock } from '../../platform/clock/clock.ts'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import { enqueueJob } from '../../platform/jobs/enqueueJob.ts'
import type { LoginViewer } from '../identity/logins/viewer.ts'
import type { RecentProof } from '../identity/recent-proof/recentProof.ts'
import { BEAT_RETENTION_MS } from '../sessions/beat.store.ts'
import { ERASE_USER, type EraseUserJob } from './eraseUser.job.ts'
import type { UserErasure } from './userErasure.ts'

/** Longer than any request takes: one that began before the deletion can write nothing more to Redis after this. */
const LAST_REQUESTS_END_MS = 15 * SECOND
/** Sessions that were over before have left nothing in Redis. */
const TRACES_LAST_MS = BEAT_RETENTION_MS + DAY

export interface UserDeletionRequest {
  viewer: LoginViewer
  /** As the person typed it again. */
  email: string
  requestId: string
  logger: Logger
}

interface UserDeletionParts {
  clock: Clock
  recentProof: RecentProof
  erasure: UserErasure
}

/** Deletes a user and all that is kept about them. */
export class UserDeletionService {
  readonly #parts: UserDeletionParts

  constructor(parts: UserDeletionParts) {
    this.#parts = parts
  }

  /** @throws {UserProblem} REAUTHENTICATION_REQUIRED, or INVALID_INPUT when it is not the user's address. */
  async delete(em: EntityManager, { viewer, email, requestId, logger }: UserDeletionRequest): Promise<void> {
    const job = await em.transactional((tx) => this.#deleteRows(tx, { viewer, email, requestId }))
    // The job does it again, and for as long as Redis is away: nobody who wants to be gone is told to try later.
    await this.#parts.erasure
      .eraseKeys(job)
      .catch((error: unknown) => logger.warn({ err: error }, 'a user was deleted without Redis'))
  }

  async #deleteRows(
    tx: EntityManager,
    { viewer, email, requestId }: Omit<UserDeletionRequest, 'logger'>,
  ): Promise<EraseUserJob> {
    const { clock, recentProof, erasure } = this.#parts
    const { userId } = viewer
    // As strong a lock as the deletion takes, from the start: a weaker one first could wait for who waits for it.
    const [user] = await tx.execute<{ email: string; now: string }[]>(
      'select email, clock_timestamp()::text as now from users where id = ? for update',
      [userId],
    )
    return recentProof.transaction(tx, viewer, async () => {
      if (user?.email !== email) throw notTheAddress()
      const now = clock.now()
      const sessions = await tx.execute<{ id: string }[]>(
        'select id from session_metadata where user_id = ? and (ended_at is null or ended_at > ?)',
        [userId, new Date(now.getTime() - TRACES_LAST_MS)],
      )
      const sessionIds = sessions.map(({ id }) => id)
      const job = { userId, email, sessionIds, deletedAt: now.toISOString(), queuedUntil: user.now }
      await erasure.eraseRows(tx, job)
      await tx.execute('delete from users where id = ?', [userId])
      const at = new Date(now.getTime() + LAST_REQUESTS_END_MS)
      await enqueueJob(
        tx,
        ERASE_USER,
        { ...job },
        { requestId, once: { key: `${ERASE_USER}:${userId}`, at } },
      )
      return job
    })
  }
}

function notTheAddress(): UserProblem {
  return new UserProblem({
    code: 'INVALID_INPUT',
    message: 'This is not the address you sign in with. Nothing was deleted.',
    path: ['email'],
  })
}
