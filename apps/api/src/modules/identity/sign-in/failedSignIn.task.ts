import type { MikroORM } from '@mikro-orm/postgresql'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { FAILED_SIGN_IN, failedSignInJob, type FailedSignInJob } from './failedSignIn.job.ts'

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
    async work({ email, ipAddress, userAgent, occurredAt }) {
      const em = orm.em.fork()
      const found = await users.findCredentials(em, email)
      if (!found) return
      await recordSecurityEvent(em, {
        kind: 'SIGN_IN_FAILED',
        userId: found.user.id,
        occurredAt: new Date(occurredAt),
        client: { ipAddress, userAgent },
      })
    },
  }
}
