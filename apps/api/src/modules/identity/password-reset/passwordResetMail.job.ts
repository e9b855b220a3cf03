import { z } from 'zod'

export const SEND_PASSWORD_RESET_MAIL = 'sendPasswordResetMail'

/** What the queue holds: whom to write to, and never a token. Whether the address has a user is looked up by the job. */
export const passwordResetMailJob = z.object({
  email: z.string(),
  /** The id of the token's row, so that a second try of the job replaces what the first one made. */
  tokenId: z.uuid(),
  /** Who wants it: somebody who typed the address, or the account's owner or the operator, who are owed the mail. */
  askedBy: z.enum(['ANYBODY', 'OWNER', 'OPERATOR']),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
})

export type PasswordResetMailJob = z.output<typeof passwordResetMailJob>
