import type { Failure } from '../load/apiCaller.ts'

/** All times are milliseconds since 1970 by the one clock of the machine. */
export type Time = number

/** A session as an answer told it. */
export interface ToldState {
  id: string
  status: 'RUNNING' | 'COMPLETED' | 'EXPIRED'
  startedAt: Time
  endedAt: Time | null
  durationSeconds: number | null
}

/** One request of a client, and what came of it. */
export interface Act {
  kind: 'start' | 'beat' | 'end' | 'read'
  userId: string
  /** Which session it was about; null for a start and for a read. */
  sessionId: string | null
  clientSessionId: string | null
  sentAt: Time
  settledAt: Time
  /** Null when there was no answer, so that nobody knows whether it was carried out. */
  answer: { session: ToldState | null; alreadyLive: boolean; code: string | null } | null
  failure: Failure | null
  detail: string | null
}

/** What a mail is sent for: a wish to sign up, or a sign-in on a new device. Each address gets one. */
export interface MailWish {
  email: string
  attempts: {
    sentAt: Time
    settledAt: Time
    requestId: string | null
    failure: Failure | null
    detail: string
  }[]
}

/** How long we made something fail; `to` is when all of it was there again. */
export interface Trouble {
  kind:
    | 'apiKilled'
    | 'workerKilled'
    | 'redisEmptied'
    | 'redisRefusing'
    | 'redisSilent'
    | 'postgresStopped'
    | 'postgresKilled'
    | 'smtpAway'
    | 'restart'
  from: Time
  to: Time
}

/** So much we moved the times of a session back, in both stores, in the place of waiting. */
export interface Backdating {
  sessionId: string
  at: Time
  startMs: number
  seenMs: number
  /** When a worker that runs had to know that the session is over; null when it is to go on. */
  dueAt: Time | null
}

/** How a process went when it was asked to. */
export interface Restart {
  name: string
  tookMs: number
  exit: string
  /** Whether it said that it was not ready while it still took connections; null for one that takes none. */
  saidNotReady: boolean | null
}

/** What was done to the product, and what its clients were told. */
export interface Told {
  acts: Act[]
  wishes: MailWish[]
  troubles: Trouble[]
  backdatings: Backdating[]
  restarts: Restart[]
  /** Of requests through the web app while processes were restarted. */
  pages: { answered: number; failures: string[] }
  /** Processes that ended although nobody asked them to. */
  deaths: { name: string; how: string; at: Time }[]
}
