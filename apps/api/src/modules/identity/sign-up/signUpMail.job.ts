import { z } from 'zod'

export const SEND_SIGN_UP_MAIL = 'sendSignUpMail'

/** What the queue holds: whom to write to and never a token, since the queue is a table like any other. */
export const signUpMailJob = z.object({
  email: z.string(),
  /** The id of the token's row, so that a second try of the job replaces what the first one made. */
  tokenId: z.uuid(),
})

export type SignUpMailJob = z.output<typeof signUpMailJob>
