import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { SECOND } from '@wellness/domain/time'

/** When a live session ends unless it is kept alive; however that is done, no later than the cap. */
export function expiryOf(startedAt: Date, lastSeenAt: Date): Date {
  return new Date(
    Math.min(
      lastSeenAt.getTime() + SESSION_TTL_SECONDS * SECOND,
      startedAt.getTime() + MAX_SESSION_SECONDS * SECOND,
    ),
  )
}
