import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import { deviceName } from '../devices/deviceName.ts'
import { SEND_NOTICE, type NoticeJob } from './notice.job.ts'

export interface Notice extends Pick<NoticeJob, 'kind' | 'userId' | 'email' | 'apiKeys'> {
  client: Client
  now: Date
  requestId: string
}

/** Has an account's owner told what happened, if and only if the caller's transaction makes it happen. */
export async function enqueueNotice(
  tx: EntityManager,
  { kind, userId, email, apiKeys, client, now, requestId }: Notice,
): Promise<void> {
  const job: NoticeJob = {
    kind,
    userId,
    email,
    tokenId: newId(),
    occurredAt: now.toISOString(),
    device: deviceName(client.userAgent),
    ipAddress: client.ipAddress,
    ...(apiKeys && { apiKeys }),
  }
  await enqueueJob(tx, SEND_NOTICE, { ...job }, { requestId })
}
