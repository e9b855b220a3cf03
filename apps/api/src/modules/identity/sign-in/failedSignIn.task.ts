import type { MikroORM } from '@mikro-orm/postgresql'
import { derivedId } from '@wellness/domain/derivedId'
import { HOUR } from '@wellness/domain/time'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { FAILED_SIGN_IN, failedSignInJob, type FailedSignInJob } from './failedSignIn.job.ts'

/** The first failure of each such time is told, at once; more would push what else happened out of the owner's sight. */
const WINDOW_MS = HOUR

/** Writes the event that tells an account's owner of failed sign-ins; for an address without a user, nothing. */
export function failedSignInTask({
  orm,
  users,
}: {
  orm: MikroORM
  users: UserRepository
}): TaskDefinition<FailedSignInJob> {
  return {
    name: FAILED_SIGN_IN,
    payload: failedSignInJob,
    async work({ userId, ipAddress, userAgent, occurredAt: at }) {
      const em = orm.em.fork()
      if (!(await users.exists(em, userId))) return
      const occurredAt = new Date(at)
      const window = Math.floor(occurredAt.getTime() / WINDOW_MS)
      await recordSecurityEvent(em, {
        // Jobs side by side, too, find the window's event there by its id, without a lock that others would wait for.
        id: derivedId(userId, `SIGN_IN_FAILED ${window}`),
        kind: 'SIGN_IN_FAILED',
        userId,
        occurredAt,
        client: { ipAddress, userAgent },
      })
    },
  }
}
