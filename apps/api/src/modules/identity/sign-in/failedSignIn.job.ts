import { z } from 'zod'

export const FAILED_SIGN_IN = 'failedSignIn'

/** The last failed sign-in of a window, for an address that may or may not have a user. */
export const failedSignInJob = z.object({
  email: z.string(),
  ipAddress: z.string(),
  userAgent: z.string().nullable(),
  occurredAt: z.iso.datetime(),
})

export type FailedSignInJob = z.output<typeof failedSignInJob>
