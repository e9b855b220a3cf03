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
import { PipelinedReader } from '../../platform/database/pipelinedReader.ts'
import type { StatementRunner, TransactionRunner } from '../../platform/database/statementRunner.ts'
import { Statements } from '../../platform/database/statements.ts'
import { connectRedis, type RedisClient } from '../../platform/redis/connectRedis.ts'
import { testEnv } from '../env.ts'
import type { TestClock } from '../testClock.ts'
import { FaultPoints } from './faultPoints.ts'

/** A process of ours: its own connections, a clock that is a little off, and a life that a test can end at any step. */
export class ProcessUnderTest {
  readonly faults = new FaultPoints()
  readonly redis: RedisClient
  skewMs = 0
  readonly #orm: MikroORM
  readonly #statements: Statements
  readonly #parts

  constructor(databaseUrl: string, redisUrl: string, clock: TestClock) {
    this.#orm = createOrm({ url: databaseUrl, entities, poolMax: 6 })
    // As an operator would set it: a pooler refuses names.
    const isNamed = testEnv.databasePoolerUrl === undefined
    this.#statements = new Statements(this.#orm, new PipelinedReader({ url: databaseUrl }), { isNamed })
    this.redis = connectRedis([redisUrl], () => undefined)
    const redis = withFaultPoints(this.redis, this.faults)
    const logger = pino({ level: 'silent' })
    this.#parts = {
      statements: withStatementFaults(this.#statements, this.faults),
      clock: { now: () => new Date(clock.now().getTime() + this.skewMs) },
      logger,
      getLogger: () => logger,
      store: new SessionStore(redis),
      beats: new BeatStore(redis),
    }
  }

  get now(): number {
    return this.#parts.clock.now().getTime()
  }

  /** The service as a request gets it, with what the query of its login brought along. */
  async openRequest(userId: string): Promise<SessionService> {
    const session = await new SessionRepository(this.#parts.statements).findOpen(userId)
    return new SessionService({ ...this.#parts, known: { userId, session } })
  }

  sweep(): Promise<void> {
    return new SessionSweep(this.#parts).run()
  }

  checkpoint(): Promise<void> {
    return new SessionCheckpoint(this.#parts).run()
  }

  async close(): Promise<void> {
    this.redis.disconnect()
    await this.#statements.close()
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

/** A transaction that dies is rolled back, as PostgreSQL does with what a broken connection leaves behind. */
function withStatementFaults(statements: TransactionRunner, faults: FaultPoints): TransactionRunner {
  const step = <Result>(work: () => Promise<Result>) => faults.step('postgres', work)
  const within = (runner: StatementRunner): StatementRunner => ({
    run: (text, values) => step(() => runner.run(text, values)),
    read: (text, values) => step(() => runner.read(text, values)),
  })
  return {
    ...within(statements),
    transaction: (work) => step(() => statements.transaction((transaction) => work(within(transaction)))),
  }
}
