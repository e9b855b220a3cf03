import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import { SEND_PASSWORD_RESET_MAIL, type PasswordResetMailJob } from './passwordResetMail.job.ts'

export interface PasswordResetMailWish extends Pick<PasswordResetMailJob, 'email' | 'askedBy'> {
  /** Null for the operator, who comes from nowhere. */
  client: Client | null
  requestId: string
}

/** Has a reset link sent to an address, if it has a user, in the caller's transaction. */
export async function enqueuePasswordResetMail(
  em: EntityManager,
  { email, askedBy, client, requestId }: PasswordResetMailWish,
): Promise<void> {
  const { ipAddress = null, userAgent = null } = client ?? {}
  const job: PasswordResetMailJob = { email, tokenId: newId(), askedBy, ipAddress, userAgent }
  await enqueueJob(em, SEND_PASSWORD_RESET_MAIL, { ...job }, { requestId })
}
