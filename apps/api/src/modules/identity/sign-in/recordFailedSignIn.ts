import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import { FAILED_SIGN_IN, type FailedSignInJob } from './failedSignIn.job.ts'

export interface FailedSignIn {
  /** Whose password it was not; null when the address is nobody's. */
  userId: string | null
  client: Client
  requestId: string
  now: Date
}

/**
 * Has a failed sign-in told to the account's owner, by a job: an event is written where nobody can measure it, and the
 * request does the same, of the same size, for an address that is nobody's.
 */
export async function recordFailedSignIn(
  em: EntityManager,
  { userId, client: { ipAddress, userAgent }, requestId, now }: FailedSignIn,
): Promise<void> {
  const job: FailedSignInJob = {
    userId: userId ?? newId(),
    ipAddress,
    userAgent,
    occurredAt: now.toISOString(),
  }
  await enqueueJob(em, FAILED_SIGN_IN, { ...job }, { requestId })
}
