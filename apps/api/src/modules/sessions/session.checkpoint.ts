import { SECOND } from '@wellness/domain/time'
import type { Clock } from '../../platform/clock/clock.ts'
import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import { type Beat, BEAT_RETENTION_MS, type BeatStore } from './beat.store.ts'

/** The pause between two checkpoints: with the time that one takes, no beat stays unwritten for two minutes. */
export const CHECKPOINT_PAUSE_MS = 45 * SECOND

/** Writes the last beats down in the records, so that a Redis that loses everything loses at most two minutes. */
export class SessionCheckpoint {
  readonly #statements: StatementRunner
  readonly #clock: Clock
  readonly #beats: BeatStore

  constructor({ statements, clock, beats }: { statements: StatementRunner; clock: Clock; beats: BeatStore }) {
    this.#statements = statements
    this.#clock = clock
    this.#beats = beats
  }

  /** All that are kept: where no worker ran for hours, lapsed sessions are still open, and their beats are their ends. */
  async run(): Promise<void> {
    const since = new Date(this.#clock.now().getTime() - BEAT_RETENTION_MS)
    for await (const beats of this.#beats.readSince(since)) await this.#write(beats)
  }

  /** Only ever forward. A row that somebody holds is being ended or has just been seen: it is left to them. */
  async #write(beats: Beat[]): Promise<void> {
    await this.#statements.run(
      `with beats as (select * from unnest($1::uuid[], $2::timestamptz[]) as b (id, at)),
      locked as (
        select s.id, b.at from session_metadata s join beats b on b.id = s.id
        where s.ended_at is null and s.last_seen_at < b.at order by s.id for update of s skip locked)
      update session_metadata s set last_seen_at = l.at from locked l
      where s.id = l.id and s.ended_at is null and s.last_seen_at < l.at`,
      [beats.map(({ sessionId }) => sessionId), beats.map(({ at }) => at)],
    )
  }
}
