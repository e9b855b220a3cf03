import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { HeldSession, Watched } from './held.ts'
import { readSessions } from './readSessions.ts'

const LOOK_MS = 1_000

/** Looks at the records once a second while all goes on: some things must not be so even for a moment. */
export class RecordWatch {
  readonly watched: Watched = { overSeenAt: new Map(), oddities: [] }
  readonly #database: pg.Pool
  readonly #open = new Map<string, HeldSession>()
  readonly #over = new Map<string, HeldSession>()
  #isStopped = false
  #looking: Promise<void> = Promise.resolve()
  #pauses = 0

  constructor(database: pg.Pool) {
    this.#database = database
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      if (this.#pauses === 0) this.#looking = this.#look()
      await this.#looking
      await delay(LOOK_MS)
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#looking
    await this.#look()
  }

  /** Does something that must not be seen halfway. */
  async pauseFor(work: () => Promise<void>): Promise<void> {
    this.#pauses += 1
    await this.#looking
    try {
      await work()
    } finally {
      this.#pauses -= 1
    }
  }

  /** Their times were moved on purpose. */
  forget(ids: string[]): void {
    for (const id of ids) this.#open.delete(id)
  }

  async #look(): Promise<void> {
    let sessions: HeldSession[]
    try {
      sessions = await readSessions(this.#database)
    } catch {
      // PostgreSQL is away, on purpose.
      return
    }
    const at = Date.now()
    const openOf = new Map<string, string>()
    for (const session of sessions) {
      const { id, userId, endedAt } = session
      if (endedAt !== null) {
        this.#seeOver(session, at)
        continue
      }
      const other = openOf.get(userId)
      if (other !== undefined) this.#note(`${id}: is open beside ${other} of the same user`)
      openOf.set(userId, id)
      if (this.#over.has(id)) this.#note(`${id}: is open again after its end`)
      const before = this.#open.get(id)
      if (before && before.lastSeenAt > session.lastSeenAt)
        this.#note(`${id}: its last beat moved back by ${before.lastSeenAt - session.lastSeenAt} ms`)
      if (before && before.startedAt !== session.startedAt) this.#note(`${id}: its start moved`)
      this.#open.set(id, session)
    }
  }

  #seeOver(session: HeldSession, at: number): void {
    const before = this.#over.get(session.id)
    if (!before) {
      this.#over.set(session.id, session)
      this.watched.overSeenAt.set(session.id, at)
    } else if (JSON.stringify(before) !== JSON.stringify(session)) {
      this.#note(`${session.id}: changed after its end`)
      this.#over.set(session.id, session)
    }
  }

  #note(oddity: string): void {
    this.watched.oddities.push(oddity)
  }
}
