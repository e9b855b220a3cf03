import type { EntityManager } from '@mikro-orm/postgresql'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'
import { pingRedis } from '../../platform/redis/pingRedis.ts'
import { noticeJob } from '../identity/notices/notice.job.ts'
import type { Throttles } from '../identity/throttles/throttles.ts'
import type { BeatStore } from '../sessions/beat.store.ts'
import type { SessionStore } from '../sessions/session.store.ts'
import { ERASE_USER, type EraseUserJob } from './eraseUser.job.ts'

const MAIL_KINDS = ['SIGN_UP', 'PASSWORD_RESET', 'EMAIL_CHANGE', ...noticeJob.shape.kind.options]

interface UserErasureParts {
  redis: RedisClient
  throttles: Throttles
  store: SessionStore
  beats: BeatStore
}

/** Removes what no foreign key leads to: queued jobs, links by address, and what Redis holds. May be repeated. */
export class UserErasure {
  readonly #parts: UserErasureParts

  constructor(parts: UserErasureParts) {
    this.#parts = parts
  }

  /**
   * Whoever signs up with the address afterwards keeps what is theirs: of what names the address alone, only what is older
   * than the deletion goes.
   *
   * @returns how many jobs could not be removed, since they are being done.
   */
  async eraseRows(
    tx: EntityManager,
    { userId, email, deletedAt, queuedUntil }: EraseUserJob,
  ): Promise<number> {
    // The user's own go with the user. Another user's may name this address: their links stay good.
    await tx.execute('delete from one_time_tokens where user_id is null and email = ? and created_at <= ?', [
      email,
      deletedAt,
    ])
    const [jobs] = await tx.execute<{ ids: string[]; running: string }[]>(
      `select coalesce(array_agg(j.id), '{}')::text[] as ids,
        count(*) filter (where j.locked_at is not null) as running
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier <> ? and exists (
        select 1 from json_each_text(j.payload) field
        where field.value = ? or field.value = ? and j.created_at <= ?)`,
      [ERASE_USER, userId, email, queuedUntil],
    )
    await tx.execute('select graphile_worker.complete_jobs(array(select unnest(?::text[])::bigint))', [
      `{${(jobs?.ids ?? []).join(',')}}`,
    ])
    return Number(jobs?.running)
  }

  /** @throws when Redis is away. */
  async eraseKeys({ userId, email, sessionIds }: EraseUserJob): Promise<void> {
    const { redis, throttles, store, beats } = this.#parts
    // Asked first: throttles go on by themselves while Redis is away, and would forget nothing there.
    await pingRedis(redis)
    await Promise.all([
      store.deleteSessionState(...sessionIds),
      beats.remove(...sessionIds),
      throttles.forgetPerson({ id: userId, email }, MAIL_KINDS),
    ])
  }
}
