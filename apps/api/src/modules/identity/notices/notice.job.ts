import { z } from 'zod'

export const SEND_NOTICE = 'sendNotice'

/** What the queue holds of a notice: who is told of what, and never a token. */
export const noticeJob = z.object({
  kind: z.enum([
    'PASSWORD_CHANGED',
    'PASSWORD_RESET',
    'EMAIL_CHANGE_REQUESTED',
    'EMAIL_CHANGED',
    'ACCOUNT_UNLINKED',
    'DATA_EXPORTED',
    'NEW_DEVICE',
    'API_KEY_CREATED',
    'API_KEY_REVOKED',
  ]),
  userId: z.uuid(),
  /** Where the notice goes: an address that is, or was until then, the account's. */
  email: z.string(),
  /** The id of the token's row, so that a second try of the job replaces what the first one made. */
  tokenId: z.uuid(),
  occurredAt: z.iso.datetime(),
  /** Which keys, when it is about API keys: what their owner knows them by. */
  apiKeys: z.array(z.object({ name: z.string(), hint: z.string() })).optional(),
  /** Browser and system, and where they were, as far as it is known. */
  device: z.string().nullable(),
  ipAddress: z.string(),
})

export type NoticeJob = z.output<typeof noticeJob>
export type NoticeKind = NoticeJob['kind']
