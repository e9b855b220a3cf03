import { newId } from '@wellness/domain/newId'
import { expect } from 'vitest'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import type { ProcessUnderTest } from './processUnderTest.ts'
import type { RecordReader } from './recordReader.ts'
import type { RedisUnderTest } from './redisUnderTest.ts'
import type { Circumstances, SessionLedger } from './sessionLedger.ts'
import type { Act } from './sessionSteps.ts'

const CLIENT_SESSION_IDS = [newId(), newId(), newId()]

/** Calls a process as its users and its worker do, and holds the answers against what is known. */
export class SessionCaller {
  readonly #ledger: SessionLedger
  readonly #userIds: readonly string[]
  readonly #records: RecordReader
  readonly #redis: RedisUnderTest

  constructor(
    ledger: SessionLedger,
    { userIds, records, redis }: { userIds: readonly string[]; records: RecordReader; redis: RedisUnderTest },
  ) {
    this.#ledger = ledger
    this.#userIds = userIds
    this.#records = records
    this.#redis = redis
  }

  /** Does it, and notes what was tried and what was answered. @returns whether the process died of it. */
  async act(process: ProcessUnderTest, act: Act, circumstances: Circumstances): Promise<boolean> {
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
    if (picked.endedAt) {
      const { expiresAt: _expiresAt, ...facts } = answer
      expect(picked, 'invariant 7: what is over is answered as it stands').toMatchObject(facts)
    }
    if (act.do === 'end') expect(answer.endedAt, 'what was ended is over').not.toBeNull()
    if (act.do === 'refresh' && !answer.endedAt) {
      this.#ledger.beatAnswered(answer, circumstances)
      expect(answer.expiresAt?.getTime()).toBeGreaterThan(circumstances.at)
      if (!circumstances.isTroubled && !circumstances.isConcurrent)
        expect(await this.#redis.isHeld(id), 'a beat restores the live state').toBe(true)
    }
  }

  async #start(
    process: ProcessUnderTest,
    userId: string,
    { clientSessionId: key, timeZone }: Extract<Act, { do: 'start' }>,
    circumstances: Circumstances,
  ): Promise<void> {
    const clientSessionId = key === null ? null : (CLIENT_SESSION_IDS[key] as string)
    const known = this.#ledger
      .sessionsOf(userId)
      .find((session) => clientSessionId !== null && session.clientSessionId === clientSessionId)
    this.#ledger.startAttempted(userId, circumstances)
    const service = await process.openRequest(userId)
    try {
      const { session, alreadyLive } = await service.start(userId, { clientSessionId, timeZone })
      process.faults.assertAlive()
      const [record] = await this.#records.read('where id = ?', [session.id])
      expect(record, 'invariant 1: a start that is answered is on record').toMatchObject({ userId })
      if (known) expect(session.id, 'the same clientSessionId is the same session').toBe(known.id)
      if (known || !alreadyLive) expect(record).toMatchObject({ clientSessionId, timeZone })
      else expect(session.endedAt, 'what is called live is live').toBeNull()
      if (known) expect(alreadyLive).toBe(false)
    } catch (error) {
      if (!(error instanceof UserProblem)) throw error
      const [first] = await this.#records.read('where user_id = ? and client_session_id = ?', [
        userId,
        clientSessionId,
      ])
      expect(first?.timeZone, 'CONFLICT only for other input').not.toBe(timeZone)
    }
  }

  async #checkpoint(process: ProcessUnderTest, { at, isConcurrent }: Circumstances): Promise<void> {
    try {
      await process.checkpoint()
    } catch (error) {
      if (process.faults.isDead || !(this.#redis.isAway || process.faults.hit)) throw error
      return
    }
    if (!isConcurrent && !process.faults.hit) this.#ledger.checkpointDone(at)
  }
}

function isFailedExpectation(error: unknown): boolean {
  return error instanceof Error && error.name === 'AssertionError'
}
