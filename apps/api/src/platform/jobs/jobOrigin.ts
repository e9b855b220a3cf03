import { z } from 'zod'

/** The request that a job comes from, in the payload beside what the job is about: the trail does not end at the queue. */
export const jobOrigin = z.object({
  requestId: z.string(),
  traceparent: z.string().optional(),
})
