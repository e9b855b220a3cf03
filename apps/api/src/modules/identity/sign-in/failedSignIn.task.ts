import type { MikroORM } from '@mikro-orm/postgresql'
import type { Task } from 'graphile-worker'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { failedSignInJob } from './failedSignIn.job.ts'

/** Writes the event that tells an account's owner of failed sign-ins; for an address without a user, nothing. */
export function createFailedSignInTask({ orm, users }: { orm: MikroORM; users: UserRepository }): Task {
  return async (payload) => {
    const { email, ipAddress, userAgent, occurredAt } = failedSignInJob.parse(payload)
    const em = orm.em.fork()
    const found = await users.findCredentials(em, email)
    if (!found) return
    await recordSecurityEvent(em, {
      kind: 'SIGN_IN_FAILED',
      userId: found.user.id,
      occurredAt: new Date(occurredAt),
      client: { ipAddress, userAgent },
    })
  }
}
