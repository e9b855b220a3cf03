import { z } from 'zod'

export const FAILED_SIGN_IN = 'failedSignIn'

/** A failed sign-in. For an address that has no user the id is nobody's. */
export const failedSignInJob = z.object({
  userId: z.uuid(),
  ipAddress: z.string(),
  userAgent: z.string().nullable(),
  occurredAt: z.iso.datetime(),
})

export type FailedSignInJob = z.output<typeof failedSignInJob>
