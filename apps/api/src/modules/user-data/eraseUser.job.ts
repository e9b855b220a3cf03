import { z } from 'zod'

export const ERASE_USER = 'eraseUser'

/** What is left to do once a user is deleted. The job is the last to know them, and is gone when it is done. */
export const eraseUserJob = z.object({
  userId: z.uuid(),
  email: z.string(),
  /** Those of which Redis may still hold something. */
  sessionIds: z.array(z.uuid()),
  deletedAt: z.iso.datetime(),
  /** The same by PostgreSQL's clock, which the times of the queue are of. */
  queuedUntil: z.string(),
})

export type EraseUserJob = z.output<typeof eraseUserJob>
