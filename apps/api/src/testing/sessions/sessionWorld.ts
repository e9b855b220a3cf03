import type { MikroORM } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import type fc from 'fast-check'
import { expect } from 'vitest'
import { entities } from '../../entities.ts'
import type { SessionRecord } from '../../modules/sessions/sessionRow.ts'
import { createOrm } from '../../platform/database/createOrm.ts'
import { TestClock } from '../testClock.ts'
import type { Fault } from './faultPoints.ts'
import { ProcessUnderTest } from './processUnderTest.ts'
import { RecordReader } from './recordReader.ts'
import { RedisUnderTest } from './redisUnderTest.ts'
import { SessionCaller } from './sessionCaller.ts'
import { type Circumstances, SessionLedger } from './sessionLedger.ts'
import { newestSessionAct } from './newestSessionAct.ts'
import type { Act, Step, Trouble } from './sessionSteps.ts'

/** Two users, two processes, one PostgreSQL, one Redis, and what may happen to them. */
export class SessionWorld {
  readonly #clock = new TestClock(new Date('2026-03-01T09:00:00.000Z'))
  readonly #orm: MikroORM
  readonly #records: RecordReader
  readonly #redis: RedisUnderTest
  readonly #processes: ProcessUnderTest[]
  readonly #userIds = [newId(), newId()]
  #ledger!: SessionLedger
  #caller!: SessionCaller
  #isWorkerRunning = true
  #checkpointDueAt = 0

  private constructor(databaseUrl: string, redis: RedisUnderTest) {
    this.#orm = createOrm({ url: databaseUrl, entities })
    this.#records = new RecordReader(this.#orm)
    this.#redis = redis
    this.#processes = [0, 1].map(() => new ProcessUnderTest(databaseUrl, redis.url, this.#clock))
  }

  static async open(databaseUrl: string, redisUrl: string): Promise<SessionWorld> {
    const world = new SessionWorld(databaseUrl, await RedisUnderTest.open(redisUrl))
    for (const id of world.#userIds)
      await world.#orm.em
        .fork()
        .execute('insert into users (id, email) values (?, ?)', [id, `${id}@example.com`])
    await world.#bringRedisBack()
    return world
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.close()))
    await this.#redis.close()
    await this.#orm.close()
  }

  /** Runs a history from a clean state, and holds every state of it against the invariants. */
  async run(
    {
      skewMs,
      isWorkerRunning,
      steps,
    }: { skewMs: readonly number[]; isWorkerRunning: boolean; steps: readonly Step[] },
    scheduler: fc.Scheduler,
  ): Promise<void> {
    await this.#begin(skewMs, isWorkerRunning)
    for (const step of steps) await this.#take(step, scheduler)
    await this.#settleDown()
  }

  async #begin(skewMs: readonly number[], isWorkerRunning: boolean): Promise<void> {
    await this.#bringRedisBack()
    await this.#redis.empty()
    await this.#orm.em.fork().execute('delete from session_metadata')
    this.#processes.forEach((process, index) => {
      process.skewMs = skewMs[index] ?? 0
      process.faults.restart()
    })
    this.#isWorkerRunning = isWorkerRunning
    this.#ledger = new SessionLedger(Math.max(...skewMs) - Math.min(...skewMs))
    this.#caller = new SessionCaller(this.#ledger, {
      userIds: this.#userIds,
      records: this.#records,
      redis: this.#redis,
    })
    this.#checkpointDueAt = this.#clock.now().getTime()
  }

  async #take(step: Step, scheduler: fc.Scheduler): Promise<void> {
    switch (step.kind) {
      case 'act':
        return this.#actAlone(step.process, step.act, step.fault)
      case 'together':
        return this.#actTogether(step.acts, scheduler)
      case 'timePasses':
        return this.#passTime(step.milliseconds)
      case 'race':
        return this.#race(step, scheduler)
      case 'deadlineComes':
        return this.#passTimeUntil(step)
      case 'practises':
        for (let beat = 0; beat < step.beats; beat++) {
          await this.#passTime(step.everyMs)
          await this.#actAlone(step.process, { do: 'refresh', user: step.user, session: 0 }, null)
        }
        return
      case 'redisEmptied':
        await this.#redis.empty()
        return this.#ledger.redisEmptied(this.#now)
      case 'redisAway':
        return this.#takeRedisAway()
      case 'redisBack':
        return this.#bringRedisBack()
      case 'orphansAppear':
        return this.#plantOrphans(step.user)
    }
  }

  async #actAlone(index: number, act: Act, fault: Fault | null): Promise<void> {
    const process = this.#process(index)
    process.faults.restart(fault)
    const circumstances = this.#circumstances(process)
    const died = await this.#caller.act(process, act, circumstances)
    const records = await this.#check(circumstances)
    process.faults.restart()
    if (act.do === 'sweep' && !died) this.#ledger.checkSwept(records, process.now)
  }

  /** Every step that one of them takes towards a store waits for its turn, in an order that the seed decides. */
  async #actTogether(acts: readonly { process: number; act: Act }[], scheduler: fc.Scheduler): Promise<void> {
    for (const { faults } of this.#processes) faults.turn = () => scheduler.schedule(Promise.resolve())
    const circumstances = acts.map(({ process }) =>
      this.#circumstances(this.#process(process), { isConcurrent: true }),
    )
    await scheduler.waitFor(
      Promise.all(
        acts.map(({ process, act }, index) =>
          this.#caller.act(this.#process(process), act, circumstances[index] as Circumstances),
        ),
      ),
    )
    for (const { faults } of this.#processes) faults.turn = null
    await this.#check(circumstances[0] as Circumstances)
  }

  /** Everybody at once at one user's live session, in some cases at the moment at which it is about to end. */
  async #race(
    { user, trouble, gapMs, deadline, offMs, process, acts }: Extract<Step, { kind: 'race' }>,
    scheduler: fc.Scheduler,
  ): Promise<void> {
    if (trouble) await this.#bringRedisBack()
    await this.#actAlone(0, newestSessionAct('start', user), null)
    if (trouble) await this.#getIntoTrouble(trouble, user, gapMs)
    if (deadline) await this.#passTimeUntil({ user, deadline, offMs, process })
    await this.#actTogether(
      acts.map(({ process, do: kind }) => ({ process, act: newestSessionAct(kind, user) })),
      scheduler,
    )
  }

  /** Beats that Redis loses, in one of the ways in which it can. */
  async #getIntoTrouble(trouble: Trouble, user: number, gapMs: number): Promise<void> {
    const beat = async () => {
      await this.#passTime(gapMs)
      await this.#actAlone(1, newestSessionAct('refresh', user), null)
    }
    const beatWithoutRedis = async () => {
      await this.#takeRedisAway()
      await beat()
      await this.#bringRedisBack()
    }
    await beat()
    if (trouble === 'emptied') {
      await this.#redis.empty()
      this.#ledger.redisEmptied(this.#now)
    } else if (trouble === 'fellBack') {
      const fallBack = await this.#redis.keepBeats()
      await beat()
      // What it has then is known to be old only if the record is newer.
      await this.#actAlone(1, { do: 'checkpoint' }, null)
      await beat()
      await fallBack()
      this.#ledger.redisEmptied(this.#now)
    } else if (trouble === 'isAway') {
      await this.#takeRedisAway()
    } else {
      await beatWithoutRedis()
      if (trouble === 'wasAwayTwice') {
        await beat()
        await beatWithoutRedis()
      }
    }
  }

  /** The worker checkpoints every minute at least, and sweeps: where nothing else happens, once each is enough. */
  async #passTime(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    if (this.#isWorkerRunning && until >= this.#checkpointDueAt) {
      this.#clock.advance(Math.max(0, this.#checkpointDueAt - this.#now))
      await this.#actAlone(1, { do: 'checkpoint' }, null)
      this.#checkpointDueAt = until + 55 * SECOND
    }
    this.#clock.advance(Math.max(0, until - this.#now))
    if (this.#isWorkerRunning) await this.#actAlone(0, { do: 'sweep' }, null)
  }

  /** By the clock of the process, and without a sweep: whoever acts next is the first to see it. */
  async #passTimeUntil({
    user,
    deadline,
    offMs,
    process,
  }: Omit<Extract<Step, { kind: 'deadlineComes' }>, 'kind'>): Promise<void> {
    // Only who is kept alive until then comes to the cap.
    if (deadline === 'cap') await this.#practiseUntilCap(user)
    const at = this.#ledger.deadlineOf(this.#userIds[user] as string, deadline)
    if (at === null) return
    const passMs = at + offMs - this.#process(process).now
    if (passMs > 2 * MINUTE) await this.#passTime(passMs - MINUTE)
    this.#clock.advance(Math.max(0, at + offMs - this.#process(process).now))
  }

  async #practiseUntilCap(user: number): Promise<void> {
    const userId = this.#userIds[user] as string
    for (;;) {
      const capsAt = this.#ledger.deadlineOf(userId, 'cap')
      if (capsAt === null || capsAt - this.#now <= 2 * MINUTE) return
      await this.#passTime(Math.min(55 * MINUTE, capsAt - 90 * SECOND - this.#now))
      await this.#actAlone(1, newestSessionAct('refresh', user), null)
    }
  }

  /** The live state and the last beat of what is over, or never was. */
  async #plantOrphans(user: number): Promise<void> {
    const userId = this.#userIds[user] as string
    const over = this.#ledger.sessionsOf(userId).flatMap(({ id, endedAt }) => (endedAt ? [id] : []))
    for (const id of [...over, newId()]) await this.#redis.plantOrphan(id, userId, this.#now)
  }

  get #clients() {
    return this.#processes.map(({ redis }) => redis)
  }

  async #takeRedisAway(): Promise<void> {
    await this.#redis.takeAway(this.#clients)
    this.#allTroubled(this.#now)
  }

  #bringRedisBack(): Promise<void> {
    return this.#redis.bringBack(this.#clients)
  }

  /** In the end everybody has gone: all is over, and stays so. */
  async #settleDown(): Promise<void> {
    await this.#bringRedisBack()
    await this.#passTime(5 * HOUR)
    await this.#actAlone(0, { do: 'sweep' }, null)
    const records = await this.#records.read()
    expect(records.filter(({ endedAt }) => endedAt === null)).toEqual([])
    for (const [index] of this.#userIds.entries())
      for (const session of [0, 1]) await this.#actAlone(1, { do: 'refresh', user: index, session }, null)
    expect(await this.#records.read()).toEqual(records)
  }

  #allTroubled(at: number): void {
    for (const userId of this.#userIds)
      for (const { id } of this.#ledger.sessionsOf(userId)) this.#ledger.troubled(id, at)
  }

  async #check(circumstances: Circumstances): Promise<SessionRecord[]> {
    const records = await this.#records.read()
    const ended = this.#ledger.check(records, circumstances)
    if (circumstances.isTroubled) this.#allTroubled(circumstances.at)
    else if (ended.length > 0) {
      const held = await Promise.all(ended.map((id) => this.#redis.isHeld(id)))
      expect(held, 'invariant 3: where nobody dies, no live state outlives its session').not.toContain(true)
    }
    return records
  }

  #circumstances(process: ProcessUnderTest, { isConcurrent = false } = {}): Circumstances {
    const isTroubled = () => this.#redis.isAway || process.faults.hit
    return {
      at: process.now,
      isConcurrent,
      get isTroubled() {
        return isTroubled()
      },
    }
  }

  #process(index: number): ProcessUnderTest {
    return this.#processes[index] as ProcessUnderTest
  }

  get #now(): number {
    return this.#clock.now().getTime()
  }
}
