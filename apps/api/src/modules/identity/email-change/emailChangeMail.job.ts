import { z } from 'zod'

export const SEND_EMAIL_CHANGE_MAIL = 'sendEmailChangeMail'

/** What the queue holds: which address is to be confirmed for whom, and never a token. */
export const emailChangeMailJob = z.object({
  /** The new address. */
  email: z.string(),
  /** The id of the token's row, so that a second try of the job replaces what the first one made. */
  tokenId: z.uuid(),
  userId: z.uuid(),
  authEpoch: z.int(),
})

export type EmailChangeMailJob = z.output<typeof emailChangeMailJob>
