import type { MikroORM } from '@mikro-orm/postgresql'
import { type EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import type fc from 'fast-check'
import { Redis } from 'ioredis'
import { expect } from 'vitest'
import { entities } from '../../entities.ts'
import { type SessionRecord, type SessionRow, sessionRow } from '../../modules/sessions/sessionRow.ts'
import { createOrm } from '../../platform/database/createOrm.ts'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import { startTcpProxy, type TcpProxy } from '../tcpProxy.ts'
import { TestClock } from '../testClock.ts'
import type { Fault } from './faultPoints.ts'
import { ProcessUnderTest } from './processUnderTest.ts'
import { type Circumstances, SessionLedger } from './sessionLedger.ts'
import type { Act, RacingAct, Step, Trouble } from './sessionSteps.ts'

const BEAT_KEYS = Array.from({ length: 8 }, (_, shard) => `beats:{${shard}}`)

/** Two users, two processes, one PostgreSQL, one Redis, and what may happen to them. */
export class SessionWorld {
  readonly #clock = new TestClock(new Date('2026-03-01T09:00:00.000Z'))
  readonly #orm: MikroORM
  readonly #redis: Redis
  readonly #proxy: TcpProxy
  readonly #processes: ProcessUnderTest[]
  readonly #userIds = [newId(), newId()]
  readonly #clientSessionIds = [newId(), newId(), newId()]
  #ledger!: SessionLedger
  #isWorkerRunning = true
  #isRedisAway = false
  #checkpointDueAt = 0

  private constructor(databaseUrl: string, redisUrl: string, proxy: TcpProxy) {
    this.#orm = createOrm({ url: databaseUrl, entities })
    this.#redis = new Redis(redisUrl)
    this.#proxy = proxy
    this.#processes = [0, 1].map(
      () => new ProcessUnderTest(databaseUrl, `redis://127.0.0.1:${proxy.port}`, this.#clock),
    )
  }

  static async open(databaseUrl: string, redisUrl: string): Promise<SessionWorld> {
    const proxy = await startTcpProxy(Number(new URL(redisUrl).port))
    const world = new SessionWorld(databaseUrl, redisUrl, proxy)
    await Promise.all(
      world.#userIds.map((id) =>
        world.#em.execute('insert into users (id, email) values (?, ?)', [id, `${id}@example.com`]),
      ),
    )
    await world.#reconnect()
    return world
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.close()))
    this.#redis.disconnect()
    await this.#proxy.close()
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

  get #em(): EntityManager {
    return this.#orm.em.fork()
  }

  async #begin(skewMs: readonly number[], isWorkerRunning: boolean): Promise<void> {
    await this.#bringRedisBack()
    await this.#redis.flushall()
    await this.#em.execute('delete from session_metadata')
    this.#processes.forEach((process, index) => {
      process.skewMs = skewMs[index] ?? 0
      process.faults.restart()
    })
    this.#isWorkerRunning = isWorkerRunning
    this.#ledger = new SessionLedger(Math.max(...skewMs) - Math.min(...skewMs))
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
        await this.#redis.flushall()
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
    const died = await this.#act(process, act, circumstances)
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
          this.#act(this.#process(process), act, circumstances[index] as Circumstances),
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
    await this.#actAlone(0, actOf('start', user), null)
    if (trouble) await this.#getIntoTrouble(trouble, user, gapMs)
    if (deadline) await this.#passTimeUntil({ user, deadline, offMs, process })
    await this.#actTogether(
      acts.map(({ process, do: kind }) => ({ process, act: actOf(kind, user) })),
      scheduler,
    )
  }

  /** Beats that Redis loses, in one of the ways in which it can. */
  async #getIntoTrouble(trouble: Trouble, user: number, gapMs: number): Promise<void> {
    const beat = async () => {
      await this.#passTime(gapMs)
      await this.#actAlone(1, actOf('refresh', user), null)
    }
    const beatWithoutRedis = async () => {
      await this.#takeRedisAway()
      await beat()
      await this.#bringRedisBack()
    }
    await beat()
    if (trouble === 'emptied') {
      await this.#redis.flushall()
      this.#ledger.redisEmptied(this.#now)
    } else if (trouble === 'fellBack') {
      const earlier = await Promise.all(BEAT_KEYS.map((key) => this.#redis.dumpBuffer(key)))
      await beat()
      // What it has then is known to be old only if the record is newer.
      await this.#actAlone(1, { do: 'checkpoint' }, null)
      await beat()
      await this.#redis.flushall()
      for (const [index, dump] of earlier.entries())
        if (dump) await this.#redis.restore(BEAT_KEYS[index] as string, 0, dump)
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

  /** Does it, and notes what was tried and what was answered. */
  async #act(process: ProcessUnderTest, act: Act, circumstances: Circumstances): Promise<boolean> {
    try {
      await this.#perform(process, act, circumstances)
      return false
    } catch (error) {
      // The ORM hands errors on in a wrapping of its own.
      if (!process.faults.isDead || isFailedExpectation(error)) throw error
      return true
    }
  }

  async #perform(process: ProcessUnderTest, act: Act, circumstances: Circumstances): Promise<void> {
    if (act.do === 'sweep') return process.sweep()
    if (act.do === 'checkpoint') return this.#checkpoint(process, circumstances)
    const userId = this.#userIds[act.user] as string
    if (act.do === 'start') return this.#start(process, userId, act, circumstances)
    if (act.do === 'readLive') {
      const live = await (await process.openRequest(userId)).findLive(userId)
      if (live) expect(live).toMatchObject({ endedAt: null, status: 'RUNNING' })
      return
    }
    const sessions = this.#ledger.sessionsOf(userId)
    const picked = sessions.at(-1 - act.session)
    const id = picked?.id ?? newId()
    if (act.do !== 'read') this.#ledger.signOfLifeAttempted(id, circumstances, act.do === 'end')
    const service = await process.openRequest(userId)
    const answer =
      act.do === 'read'
        ? ((await service.findByIds(userId, [id]))[0] ?? null)
        : await service[act.do](userId, id)

    process.faults.assertAlive()
    expect(answer === null, 'one finds what is there').toBe(picked === undefined)
    if (!picked || !answer) return
    if (answer.endedAt) this.#ledger.endAnswered(answer)
    if (picked.endedAt)
      expect(answer, 'invariant 7: what is over is answered as it stands').toMatchObject(picked)
    if (act.do === 'end') expect(answer.endedAt, 'what was ended is over').not.toBeNull()
    if (act.do === 'refresh' && !answer.endedAt) {
      this.#ledger.beatAnswered(answer, circumstances)
      expect(answer.expiresAt?.getTime()).toBeGreaterThan(circumstances.at)
      if (!circumstances.isTroubled && !circumstances.isConcurrent)
        expect(await this.#redis.exists(`session:{${id}}`), 'a beat restores the live state').toBe(1)
    }
  }

  async #start(
    process: ProcessUnderTest,
    userId: string,
    { clientSessionId: key, timeZone }: Extract<Act, { do: 'start' }>,
    circumstances: Circumstances,
  ): Promise<void> {
    const clientSessionId = key === null ? null : (this.#clientSessionIds[key] as string)
    const known = this.#ledger
      .sessionsOf(userId)
      .find((session) => clientSessionId !== null && session.clientSessionId === clientSessionId)
    this.#ledger.startAttempted(userId, circumstances)
    const service = await process.openRequest(userId)
    try {
      const { session, alreadyLive } = await service.start(userId, { clientSessionId, timeZone })
      process.faults.assertAlive()
      const [record] = await this.#read('where id = ?', [session.id])
      expect(record, 'invariant 1: a start that is answered is on record').toMatchObject({ userId })
      if (known) expect(session.id, 'the same clientSessionId is the same session').toBe(known.id)
      if (known || !alreadyLive) expect(session).toMatchObject({ clientSessionId, timeZone })
      else expect(session.endedAt, 'what is called live is live').toBeNull()
      if (known) expect(alreadyLive).toBe(false)
    } catch (error) {
      if (!(error instanceof UserProblem)) throw error
      const [first] = await this.#read('where user_id = ? and client_session_id = ?', [
        userId,
        clientSessionId,
      ])
      expect(first?.timeZone, 'CONFLICT only for other input').not.toBe(timeZone)
    }
  }

  async #checkpoint(process: ProcessUnderTest, { isConcurrent }: Circumstances): Promise<void> {
    try {
      await process.checkpoint()
    } catch (error) {
      if (process.faults.isDead || !(this.#isRedisAway || process.faults.hit)) throw error
      return
    }
    if (!isConcurrent && !process.faults.hit) this.#ledger.checkpointDone(this.#now)
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
      await this.#actAlone(1, actOf('refresh', user), null)
    }
  }

  /** What a process that died left behind: the live state and the last beat of what is over, or never was. */
  async #plantOrphans(user: number): Promise<void> {
    const userId = this.#userIds[user] as string
    const over = this.#ledger.sessionsOf(userId).flatMap(({ id, endedAt }) => (endedAt ? [id] : []))
    for (const id of [...over, newId()]) {
      await this.#redis.set(`session:{${id}}`, JSON.stringify({ userId }), 'EX', 3600)
      await this.#redis.zadd(BEAT_KEYS[Number.parseInt(id.slice(-1), 16) % 8] as string, this.#now, id)
    }
  }

  async #takeRedisAway(): Promise<void> {
    this.#proxy.cut()
    this.#isRedisAway = true
    this.#allTroubled(this.#now)
    await until(() => this.#processes.every(({ redis }) => redis.status !== 'ready'))
  }

  async #bringRedisBack(): Promise<void> {
    if (!this.#isRedisAway) return
    this.#proxy.restore()
    await this.#reconnect()
    this.#isRedisAway = false
  }

  async #reconnect(): Promise<void> {
    // Not waiting for the client's own next try, which comes later the longer Redis was away.
    for (const { redis } of this.#processes)
      if (redis.status === 'reconnecting') redis.connect().catch(() => undefined)
    await until(() => this.#processes.every(({ redis }) => redis.status === 'ready'))
  }

  /** In the end everybody has gone: all is over, and stays so. */
  async #settleDown(): Promise<void> {
    await this.#bringRedisBack()
    await this.#passTime(5 * HOUR)
    await this.#actAlone(0, { do: 'sweep' }, null)
    const records = await this.#read()
    expect(records.filter(({ endedAt }) => endedAt === null)).toEqual([])
    for (const [index] of this.#userIds.entries())
      for (const session of [0, 1]) await this.#actAlone(1, { do: 'refresh', user: index, session }, null)
    expect(await this.#read()).toEqual(records)
  }

  #allTroubled(at: number): void {
    for (const userId of this.#userIds)
      for (const { id } of this.#ledger.sessionsOf(userId)) this.#ledger.troubled(id, at)
  }

  async #check(circumstances: Circumstances): Promise<SessionRecord[]> {
    const records = await this.#read()
    const ended = this.#ledger.check(records, circumstances)
    if (circumstances.isTroubled) this.#allTroubled(circumstances.at)
    else if (ended.length > 0) {
      const keys = await Promise.all(ended.map((id) => this.#redis.exists(`session:{${id}}`)))
      expect(keys, 'invariant 3: where nobody dies, no live state outlives its session').not.toContain(1)
    }
    return records
  }

  async #read(where = '', parameters: unknown[] = []): Promise<SessionRecord[]> {
    const rows = await this.#em.execute<SessionRow[]>(
      `select ${sessionRow.columns('session_metadata')} from session_metadata ${where} order by id`,
      parameters,
    )
    return rows.map((row) => sessionRow.toRecord(row))
  }

  #circumstances(process: ProcessUnderTest, { isConcurrent = false } = {}): Circumstances {
    const isTroubled = () => this.#isRedisAway || process.faults.hit
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

/** The act at the user's newest session. */
function actOf(kind: RacingAct, user: number): Act {
  if (kind === 'start') return { do: kind, user, clientSessionId: null, timeZone: 'UTC' }
  if (kind === 'refresh' || kind === 'end') return { do: kind, user, session: 0 }
  return kind === 'readLive' ? { do: kind, user } : { do: kind }
}

function isFailedExpectation(error: unknown): boolean {
  return error instanceof Error && error.name === 'AssertionError'
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}
