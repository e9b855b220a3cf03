import type { EntityManager } from '@mikro-orm/postgresql'
import { MINUTE } from '@wellness/domain/time'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import { FAILED_SIGN_IN, type FailedSignInJob } from './failedSignIn.job.ts'

/** However many tries fail within this time, one event tells of them. */
const WINDOW_MS = 15 * MINUTE

export interface FailedSignIn {
  email: string
  client: Client
  requestId: string
  now: Date
}

/**
 * Has a failed sign-in told to the account's owner, by a job: whether there is one is looked up where nobody can measure
 * it, and the request does the same for every address.
 */
export async function recordFailedSignIn(
  em: EntityManager,
  { email, client: { ipAddress, userAgent }, requestId, now }: FailedSignIn,
): Promise<void> {
  const job: FailedSignInJob = { email, ipAddress, userAgent, occurredAt: now.toISOString() }
  await enqueueJob(
    em,
    FAILED_SIGN_IN,
    { ...job },
    { requestId, once: { key: `${FAILED_SIGN_IN}:${email}`, at: new Date(now.getTime() + WINDOW_MS) } },
  )
}
