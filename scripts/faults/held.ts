import type { Time } from './told.ts'

/** A row of session_metadata. */
export interface HeldSession {
  id: string
  userId: string
  clientSessionId: string | null
  startedAt: Time
  endedAt: Time | null
  durationSeconds: number | null
  lastSeenAt: Time
  status: 'RUNNING' | 'COMPLETED' | 'EXPIRED'
}

/** What was seen of the records while all went on. */
export interface Watched {
  /** When a session was first seen to be over. */
  overSeenAt: Map<string, Time>
  /** What must never be: a last beat that moved back, a record that changed after its end, two open ones of a user. */
  oddities: string[]
}

/** What the stores hold in the end. */
export interface Held {
  readAt: Time
  sessions: HeldSession[]
  watched: Watched
  /** Live states in Redis, with the seconds that they have left. */
  liveStates: { sessionId: string; ttlSeconds: number }[]
  /** Last beats in Redis. */
  beats: { sessionId: string; at: Time }[]
  mails: { email: string; receivedAt: Time }[]
  /** Jobs that are still to be done, or failed for good. */
  jobs: { email: string; isFailed: boolean; isLocked: boolean }[]
  /** When the logs say that something went on without Redis: a command that took longer than it may. */
  withoutRedisAt: Time[]
  /** Ids of requests whose mail the worker's log says was given up. */
  givenUp: Set<string>
}
