import type { MikroORM } from '@mikro-orm/postgresql'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import { DAY, HOUR } from '@wellness/domain/time'
import type { Clock } from '../../platform/clock/clock.ts'
import { LOGIN_IDLE_MS } from './logins/login.repository.ts'

/** Expiry itself does not wait for this: what is too old is refused wherever it is read. */
export const PURGE_PAUSE_MS = HOUR
const BATCH_SIZE = 1_000

/** Deletes what is past its time: logins that ended by themselves, API keys that expired, links, and events past their retention. */
export class IdentityPurge {
  readonly #orm: MikroORM
  readonly #clock: Clock

  constructor({ orm, clock }: { orm: MikroORM; clock: Clock }) {
    this.#orm = orm
    this.#clock = clock
  }

  async run(): Promise<void> {
    const now = this.#clock.now().getTime()
    const ago = (milliseconds: number) => new Date(now - milliseconds)
    await this.#delete('logins', 'expires_at <= ? or last_seen_at <= ?', [ago(0), ago(LOGIN_IDLE_MS)])
    await this.#delete('api_keys', 'expires_at <= ?', [ago(RETENTION_DAYS.expiredApiKeys * DAY)])
    await this.#delete('one_time_tokens', 'expires_at <= ?', [ago(RETENTION_DAYS.oneTimeTokens * DAY)])
    await this.#delete('security_events', 'occurred_at <= ?', [ago(RETENTION_DAYS.securityEvents * DAY)])
  }

  /** In batches, so that no statement holds many rows for long. */
  async #delete(table: string, condition: string, parameters: Date[]): Promise<void> {
    const em = this.#orm.em.fork()
    for (;;) {
      const deleted = await em.execute<object[]>(
        `delete from ${table} where id in (select id from ${table} where ${condition} limit ${BATCH_SIZE} for update skip locked) returning 1`,
        parameters,
      )
      if (deleted.length < BATCH_SIZE) return
    }
  }
}
