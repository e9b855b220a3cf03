import { newId } from '@wellness/domain/newId'
import { MAX_SESSION_SECONDS } from '@wellness/domain/sessionTiming'
import { MINUTE, SECOND } from '@wellness/domain/time'
import type { Logger } from 'pino'
import type { Clock } from '../../platform/clock/clock.ts'
import type { TransactionRunner } from '../../platform/database/statementRunner.ts'
import { unauthenticated } from '../../platform/graphql/unauthenticated.ts'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import type { BeatStore } from './beat.store.ts'
import { expiryOf } from './expiryOf.ts'
import { type Ending, SessionRepository } from './session.repository.ts'
import { sessionErrors } from './session.errors.ts'
import type { SessionStore } from './session.store.ts'
import type { EndedSession, SessionFacts, SessionRecord } from './sessionRow.ts'
import { OUTAGE_BEAT_INTERVAL_MS, settle, type Verdict } from './settle.ts'

/** A session as it stands: what lapsed until now is over. */
export interface SessionView extends SessionFacts<Date | string> {
  /** Null once the session is over. */
  expiresAt: Date | null
}

export interface SessionServiceParts {
  statements: TransactionRunner
  clock: Clock
  /** Asked for only when there is something to say: making one for a request costs more than a beat's logic. */
  getLogger: () => Logger
  store: SessionStore
  beats: BeatStore
  /** What the query "who is this" brought along: the user's open session, or that there is none. */
  known?: { userId: string; session: SessionRecord | null }
}

/**
 * A beat is left to Redis alone only while the record is no older than this, so that no more can be lost with Redis.
 * Checkpoints keep it younger where beats come every minute; where none runs, one beat in two minutes is written down.
 */
const FRESH_MS = 2 * MINUTE
/** So long before the cap beats are written down at once: by another's clock the cap may have come. */
const CAP_MARGIN_MS = MINUTE
/** Tries at what others may change in between; each failed one means that somebody else got on. */
const ATTEMPTS = 5

/** The life of sessions. The record in PostgreSQL decides; Redis makes beats cheap, and may fail at any step. */
export class SessionService {
  readonly #statements: TransactionRunner
  readonly #repository: SessionRepository
  readonly #clock: Clock
  readonly #getLogger: () => Logger
  readonly #store: SessionStore
  readonly #beats: BeatStore
  #known: SessionServiceParts['known']

  constructor({ statements, clock, getLogger, store, beats, known }: SessionServiceParts) {
    this.#statements = statements
    this.#repository = new SessionRepository(statements)
    this.#clock = clock
    this.#getLogger = getLogger
    this.#store = store
    this.#beats = beats
    this.#known = known
  }

  /** The time by which everything here is decided. */
  now(): Date {
    return this.#clock.now()
  }

  /** Starts a session, or answers with the one that the same clientSessionId started, or with the live one. */
  async start(
    userId: string,
    { clientSessionId, timeZone }: { clientSessionId: string | null; timeZone: string },
  ): Promise<{ session: SessionView; alreadyLive: boolean }> {
    this.#known = undefined
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const startedAt = this.#clock.now()
      const started = await this.#insert({ id: newId(), userId, clientSessionId, timeZone, startedAt })
      if (started) {
        await this.#hold(started, startedAt)
        return { session: toView(started, startedAt), alreadyLive: false }
      }
      const repeated =
        clientSessionId === null
          ? null
          : await this.#repository.findByClientSessionId(userId, clientSessionId)
      if (repeated && repeated.timeZone !== timeZone) throw new UserProblem(sessionErrors.clientSessionIdUsed)
      const open = repeated ?? (await this.#repository.findOpen(userId))
      const session = open && (await this.#settle(open))
      if (session && (repeated || session.endedAt === null)) return { session, alreadyLive: !repeated }
    }
    throw new Error('A session could neither be started nor found')
  }

  /** Keeps a live session alive, and answers with it as it stands; null when the user has no such session. */
  async refresh(userId: string, id: string): Promise<SessionView | null> {
    const record = await this.#find(userId, id)
    if (!record || record.endedAt) return record && toView(record)
    const now = this.#clock.now()
    if (mayBeOver(record, now)) return this.#refreshLocked(userId, id)
    let keyExists: boolean
    try {
      ;[keyExists] = await Promise.all([this.#store.refreshSessionTTL(id), this.#beats.record(id, now)])
    } catch (error) {
      this.#getLogger().warn({ err: error }, 'a beat went on without Redis')
      return this.#refreshWithoutRedis(record, now)
    }
    if (!keyExists) return this.#refreshLocked(userId, id)
    if (isFresh(record, now)) return toView(record, now)
    this.#known = undefined
    const current =
      (await this.#repository.moveLastSeen(id, now)) ?? (await this.#repository.findById(userId, id))
    return current && toView(current, now)
  }

  /** Ends a session, once, and answers with it as it stands; null when the user has no such session. */
  async end(userId: string, id: string): Promise<SessionView | null> {
    const record = await this.#find(userId, id)
    return (
      record &&
      this.#close(record, (verdict, now) =>
        verdict.live ? { endedAt: later(verdict.lastSeenAt, now), status: 'COMPLETED' } : verdict,
      )
    )
  }

  /** The user's live session; null when there is none, also when it has just turned out to be over. */
  async findLive(userId: string): Promise<SessionView | null> {
    const record =
      this.#known?.userId === userId ? this.#known.session : await this.#repository.findOpen(userId)
    const session = record && (await this.#settle(record))
    return session?.endedAt === null ? session : null
  }

  /** Those of the sessions that are the user's own. */
  async findByIds(userId: string, ids: string[]): Promise<SessionView[]> {
    return this.settleAll(await this.#repository.findByIds(userId, ids))
  }

  /** Records as they stand now; at most one a user is open, so that this costs nothing for the others. */
  async settleAll(records: (SessionRecord | EndedSession)[]): Promise<SessionView[]> {
    const sessions: (SessionView | null)[] = []
    for (const record of records)
      sessions.push('userId' in record ? await this.#settle(record) : toView(record))
    return sessions.filter((session) => session !== null)
  }

  async #find(userId: string, id: string): Promise<SessionRecord | null> {
    if (this.#known?.userId === userId && this.#known.session?.id === id) return this.#known.session
    return this.#repository.findById(userId, id)
  }

  async #insert(session: Parameters<SessionRepository['insert']>[0]): Promise<SessionRecord | null> {
    try {
      return await this.#repository.insert(session)
    } catch (error) {
      const [invalidParameterValue, foreignKeyViolation] = ['22023', '23503']
      const { code } = error as { code?: string }
      if (code === invalidParameterValue) throw new UserProblem(sessionErrors.unknownTimeZone)
      // The user was deleted since the request began.
      if (code === foreignKeyViolation) throw unauthenticated()
      throw error
    }
  }

  #settle(record: SessionRecord): Promise<SessionView | null> {
    return this.#close(record, (verdict) => (verdict.live ? null : verdict))
  }

  /** Ends the session as decided, by the one statement that only one caller can succeed with. */
  async #close(
    record: SessionRecord,
    decide: (verdict: Verdict, now: Date) => Ending | null,
  ): Promise<SessionView | null> {
    let current: SessionRecord | null = record
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!current || current.endedAt) return current && toView(current)
      const now = this.#clock.now()
      const verdict = settle(current, await this.#findBeat(current.id), now)
      const ending = decide(verdict, now)
      if (!ending) return toView(current, verdict.live ? verdict.lastSeenAt : now)
      this.#known = undefined
      const closed = await this.#repository.close(current, ending)
      if (closed) {
        await this.#release(closed.id)
        return toView(closed)
      }
      current = await this.#repository.findById(current.userId, current.id)
    }
    throw new Error('A session changed faster than it could be ended')
  }

  /**
   * A beat whose session may have lapsed, or whose key is missing: decided, written down and restored while the row is
   * locked, so that nobody ends the session in between and leaves a key behind that was restored after.
   */
  async #refreshLocked(userId: string, id: string): Promise<SessionView | null> {
    this.#known = undefined
    const session = await this.#statements.transaction(async (transaction) => {
      const repository = new SessionRepository(transaction)
      const record = await repository.findForUpdate(userId, id)
      if (!record || record.endedAt) return record && toView(record)
      const now = this.#clock.now()
      const verdict = settle(record, await this.#findBeat(id), now)
      if (!verdict.live) {
        const closed = await repository.close(record, verdict)
        return closed && toView(closed)
      }
      const seenAt = later(verdict.lastSeenAt, now)
      const isHeld = await this.#hold(record, now)
      const moved = isHeld
        ? await repository.moveLastSeen(id, seenAt)
        : await repository.recordOutageBeat(id, seenAt, outageBeatDue(now))
      return toView(moved ?? record, seenAt)
    })
    if (session?.endedAt) await this.#release(session.id)
    return session
  }

  /** At most one write a minute: the beats between are taken on the word of the one before, as a sweep allows for. */
  async #refreshWithoutRedis(record: SessionRecord, now: Date): Promise<SessionView | null> {
    const due = outageBeatDue(now)
    if (record.outageBeatAt && record.outageBeatAt > due) return toView(record, now)
    this.#known = undefined
    // None is written when another's just was, or when the session ended meanwhile.
    const current =
      (await this.#repository.recordOutageBeat(record.id, now, due)) ??
      (await this.#repository.findById(record.userId, record.id))
    return current && toView(current, now)
  }

  /** Writes what Redis holds of a live session. False when it could not be written. */
  async #hold({ id, userId, startedAt, timeZone }: SessionRecord, seenAt: Date): Promise<boolean> {
    const state = { userId, createdAt: startedAt.toISOString(), timeZone }
    return this.#withRedis(false, async () => {
      await Promise.all([this.#store.setSessionState(id, state), this.#beats.record(id, seenAt)])
      return true
    })
  }

  /** Removes what Redis holds of a session that is over. What is left behind lapses, and is never believed. */
  async #release(id: string): Promise<void> {
    await this.#withRedis(undefined, () =>
      Promise.all([this.#store.deleteSessionState(id), this.#beats.remove(id)]),
    )
  }

  #findBeat(id: string): Promise<Date | null> {
    return this.#withRedis(null, () => this.#beats.find(id))
  }

  async #withRedis<Result, Fallback>(
    fallback: Fallback,
    work: () => Promise<Result>,
  ): Promise<Result | Fallback> {
    try {
      return await work()
    } catch (error) {
      this.#getLogger().warn({ err: error }, 'a session went on without Redis')
      return fallback
    }
  }
}

function mayBeOver({ startedAt, lastSeenAt }: SessionRecord, now: Date): boolean {
  return now >= expiryOf(startedAt, lastSeenAt)
}

function isFresh({ startedAt, lastSeenAt }: SessionRecord, now: Date): boolean {
  const isNearCap = now.getTime() >= startedAt.getTime() + MAX_SESSION_SECONDS * SECOND - CAP_MARGIN_MS
  return now.getTime() <= lastSeenAt.getTime() + FRESH_MS && !isNearCap
}

function toView(record: SessionRecord | EndedSession, seenAt?: Date): SessionView {
  const { id, startedAt, endedAt, durationSeconds, timeZone, status } = record
  const expiresAt =
    'userId' in record && endedAt === null
      ? expiryOf(record.startedAt, seenAt ? later(record.lastSeenAt, seenAt) : record.lastSeenAt)
      : null
  return { id, startedAt, endedAt, durationSeconds, timeZone, status, expiresAt }
}

function outageBeatDue(now: Date): Date {
  return new Date(now.getTime() - OUTAGE_BEAT_INTERVAL_MS)
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
