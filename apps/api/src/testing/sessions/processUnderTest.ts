import type { MikroORM } from '@mikro-orm/postgresql'
import { pino } from 'pino'
import { entities } from '../../entities.ts'
import { BeatStore } from '../../modules/sessions/beat.store.ts'
import { SessionCheckpoint } from '../../modules/sessions/session.checkpoint.ts'
import { SessionRepository } from '../../modules/sessions/session.repository.ts'
import { SessionService } from '../../modules/sessions/session.service.ts'
import { SessionStore } from '../../modules/sessions/session.store.ts'
import { SessionSweep } from '../../modules/sessions/session.sweep.ts'
import { createOrm } from '../../platform/database/createOrm.ts'
import { connectRedis, type RedisClient } from '../../platform/redis/connectRedis.ts'
import type { TestClock } from '../testClock.ts'
import { FaultPoints } from './faultPoints.ts'

/** A process of ours: its own connections, a clock that is a little off, and a life that a test can end at any step. */
export class ProcessUnderTest {
  readonly faults = new FaultPoints()
  readonly redis: RedisClient
  skewMs = 0
  readonly #orm: MikroORM
  readonly #parts

  constructor(databaseUrl: string, redisUrl: string, clock: TestClock) {
    this.#orm = createOrm({ url: databaseUrl, entities, poolMax: 6 })
    addFaultPoints(this.#orm, this.faults)
    this.redis = connectRedis([redisUrl], () => undefined)
    const redis = withFaultPoints(this.redis, this.faults)
    this.#parts = {
      orm: this.#orm,
      clock: { now: () => new Date(clock.now().getTime() + this.skewMs) },
      logger: pino({ level: 'silent' }),
      store: new SessionStore(redis),
      beats: new BeatStore(redis),
    }
  }

  get now(): number {
    return this.#parts.clock.now().getTime()
  }

  /** The service as a request gets it, with what the query of its login brought along. */
  async openRequest(userId: string): Promise<SessionService> {
    const em = this.#orm.em.fork()
    const session = await new SessionRepository(em).findOpen(userId)
    return new SessionService({ ...this.#parts, em, known: { userId, session } })
  }

  sweep(): Promise<void> {
    return new SessionSweep(this.#parts).run()
  }

  checkpoint(): Promise<void> {
    return new SessionCheckpoint(this.#parts).run()
  }

  async close(): Promise<void> {
    this.redis.disconnect()
    await this.#orm.close()
  }
}

function withFaultPoints(redis: RedisClient, faults: FaultPoints): RedisClient {
  return new Proxy(redis, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) =>
        faults.step('redis', () => Reflect.apply(member, target, args) as Promise<unknown>)
    },
  })
}

function addFaultPoints(orm: MikroORM, faults: FaultPoints): void {
  const connection = orm.em.getConnection()
  const { execute, begin, commit, rollback } = connection
  connection.execute = ((...args: Parameters<typeof execute>) =>
    faults.step(
      'postgres',
      () => Reflect.apply(execute, connection, args) as Promise<unknown>,
    )) as typeof execute
  connection.begin = async (...args) => {
    let begun: Awaited<ReturnType<typeof begin>> | undefined
    try {
      return await faults.step('postgres', async () => (begun = await begin.apply(connection, args)))
    } catch (error) {
      if (begun) await connection.rollback(begun)
      throw error
    }
  }
  connection.commit = (...args) => faults.step('postgres', () => commit.apply(connection, args))
  // PostgreSQL rolls back what a broken connection leaves behind, whatever the process does.
  connection.rollback = (...args) => rollback.apply(connection, args).catch(() => undefined)
}
