import { HOUR, SECOND } from '@wellness/domain/time'
import { beforeEach, describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import type { Held, HeldSession } from './held.ts'
import type { Act, Told, ToldState, Trouble } from './told.ts'

/** One user's session as it should be: started, beaten twice, ended, all of it told and held. */
const T0 = Date.parse('2026-03-01T09:00:00.000Z')
const at = (seconds: number): number => T0 + seconds * SECOND

let told: Told
let held: Held
beforeEach(() => {
  told = {
    acts: [],
    wishes: [],
    troubles: [],
    backdatings: [],
    restarts: [],
    pages: { answered: 0, failures: [] },
    deaths: [],
  }
  held = {
    readAt: at(200),
    sessions: [],
    watched: { overSeenAt: new Map(), oddities: [] },
    liveStates: [],
    beats: [],
    mails: [],
    jobs: [],
    withoutRedisAt: [],
    givenUp: new Set(),
  }
  addSession('one', 0)
})

const open: Omit<ToldState, 'id' | 'startedAt'> = { status: 'RUNNING', endedAt: null, durationSeconds: null }

function act(
  kind: Act['kind'],
  id: string,
  seconds: number,
  session: ToldState | null,
  change: Partial<Act> = {},
) {
  const made: Act = {
    kind,
    userId: 'anna',
    sessionId: kind === 'start' || kind === 'read' ? null : id,
    clientSessionId: kind === 'start' ? `client-${id}` : null,
    sentAt: at(seconds),
    settledAt: at(seconds) + 20,
    answer: { session, alreadyLive: false, code: null },
    failure: null,
    detail: null,
    ...change,
  }
  told.acts.push(made)
  return made
}

function addSession(id: string, from: number): HeldSession {
  const startedAt = at(from) + 10
  const ending = { status: 'COMPLETED' as const, endedAt: at(from + 30) + 10, durationSeconds: 30 }
  act('start', id, from, { id, startedAt, ...open })
  act('beat', id, from + 10, { id, startedAt, ...open })
  act('beat', id, from + 20, { id, startedAt, ...open })
  act('end', id, from + 30, { id, startedAt, ...ending })
  const session = {
    ...{ id, userId: 'anna', clientSessionId: `client-${id}`, startedAt },
    ...ending,
    lastSeenAt: at(from + 20) + 10,
  }
  held.sessions.push(session)
  held.watched.overSeenAt.set(id, at(from + 31))
  return session
}

function one(): HeldSession {
  return held.sessions[0] as HeldSession
}

/** The session was left alone, and lapsed at its last beat: a worker saw to it an hour later. */
function letLapse(endedAt = at(20) + 10): void {
  told.acts.pop()
  Object.assign(one(), {
    status: 'EXPIRED',
    endedAt,
    durationSeconds: Math.floor((endedAt - one().startedAt) / SECOND),
  })
  held.watched.overSeenAt.set('one', at(20) + 10 + HOUR + 30 * SECOND)
}

function trouble(kind: Trouble['kind'], from: number, to: number): void {
  told.troubles.push({ kind, from: at(from), to: at(to) })
}

function findings(): string[] {
  return audit(told, held).findings
}

test('what is held as it was told is found right', () => {
  addSession('two', 40)
  expect(findings()).toEqual([])
})

describe('starts', () => {
  test('a session that was told and is not held is found', () => {
    held.sessions = []
    expect(findings()).toContainEqual(expect.stringContaining('one: was told by a start and is not held'))
  })

  test('a session that nobody asked for is found', () => {
    one().clientSessionId = 'client-other'
    expect(findings()).toEqual(['one: is held, and nobody started it'])
  })

  test('two sessions of one start are found', () => {
    addSession('two', 40)
    Object.assign(held.sessions[1] as HeldSession, { clientSessionId: 'client-one' })
    expect(findings()).toContain('one,two: 2 sessions of one start')
  })

  test('one start that was answered with two sessions is found', () => {
    addSession('two', 40)
    for (const start of told.acts) if (start.clientSessionId) start.clientSessionId = 'client-one'
    expect(findings()).toContain('one,two: one start was answered with 2 sessions')
  })

  test('a start that is held at another time than it was asked for is found', () => {
    one().startedAt = at(5)
    one().durationSeconds = 25
    expect(findings()).toContain('one: its start is at no time at which it was asked for')
  })

  test('a start that nobody answered may have been carried out until its time was over', () => {
    Object.assign(told.acts[0] as Act, { answer: null, failure: 'lost', sentAt: at(-5), settledAt: at(-4) })
    trouble('apiKilled', -5, -4)
    expect(findings()).toEqual([])
  })

  test('a session that was told to somebody else is found', () => {
    act('read', 'one', 15, { id: 'one', startedAt: one().startedAt, ...open }, { userId: 'berta' })
    expect(findings()).toEqual(['one: was told to another user than its own'])
  })
})

describe('endings', () => {
  test('an end that was told otherwise than it is held is found', () => {
    one().endedAt = (one().endedAt ?? 0) + 5
    expect(findings()).toEqual([
      'one: a end told COMPLETED after 30 s, and COMPLETED after 30 s is held; the ends are 5 ms apart',
    ])
  })

  test('a session that was told to be live after its end is found', () => {
    act('beat', 'one', 40, { id: 'one', startedAt: one().startedAt, ...open })
    expect(findings()).toContain('one: was told to be live again after its end')
  })

  test('an end later than the last sign of life is found', () => {
    letLapse(at(25))
    expect(findings()).toEqual(['one: ended 4980 ms after the last sign of life'])
  })

  test('an end before a beat that was answered is found', () => {
    letLapse(at(10) + 10)
    expect(findings()).toEqual(['one: ended 9990 ms before a beat that was answered and cannot be lost'])
  })

  test('beats of two minutes may be lost with a Redis that was emptied, and no more', () => {
    act('beat', 'one', 170, { id: 'one', startedAt: one().startedAt, ...open })
    told.acts.splice(3, 1)
    trouble('redisEmptied', 180, 185)
    Object.assign(one(), { status: 'EXPIRED', endedAt: at(50), durationSeconds: 49 })
    held.watched.overSeenAt.set('one', at(200) + HOUR)
    expect(findings()).toEqual([])
    Object.assign(one(), { endedAt: at(49), durationSeconds: 48 })
    expect(findings()).toEqual(['one: ended 1000 ms before a beat that was answered and cannot be lost'])
  })

  test('of a beat without Redis a minute may be missing, and no more', () => {
    act('beat', 'one', 170, { id: 'one', startedAt: one().startedAt, ...open })
    told.acts.splice(3, 1)
    trouble('redisRefusing', 160, 280)
    Object.assign(one(), { status: 'EXPIRED', endedAt: at(110), durationSeconds: 109 })
    held.watched.overSeenAt.set('one', at(300) + HOUR)
    expect(findings()).toEqual([])
    Object.assign(one(), { endedAt: at(109), durationSeconds: 108 })
    expect(findings()).toEqual(['one: ended 1000 ms before a beat that was answered and cannot be lost'])
  })

  test('somebody who was cut off is found', () => {
    letLapse()
    held.watched.overSeenAt.set('one', at(20) + HOUR - 1)
    expect(findings()).toEqual(['one: counted as lapsed 1 ms before its time'])
  })

  test('a session that was completed by nobody is found, but not at its cap', () => {
    letLapse()
    one().status = 'COMPLETED'
    expect(findings()).toEqual(['one: was completed by nobody, before its cap'])
    held.watched.overSeenAt.set('one', one().startedAt + 3 * HOUR)
    expect(findings()).toEqual([])
  })

  test('an end at no time at which it was asked for is found', () => {
    Object.assign(one(), { endedAt: at(25), durationSeconds: 24 })
    told.acts.splice(3, 1)
    act('end', 'one', 30, null, { answer: null, failure: 'lost' })
    trouble('apiKilled', 29, 31)
    expect(findings()).toContain('one: was completed by nobody, before its cap')
  })

  test('a session beyond its cap, and a duration that does not fit, are found', () => {
    Object.assign(one(), { endedAt: one().startedAt + 3 * HOUR + 1 })
    expect(findings()).toEqual(
      expect.arrayContaining([
        'one: ended after its cap',
        'one: its duration is not the time between its start and its end',
      ]),
    )
  })

  test('times that were moved back count as moved', () => {
    letLapse()
    const byMs = HOUR + SECOND
    told.backdatings.push({ sessionId: 'one', at: at(25), startMs: byMs, seenMs: byMs, dueAt: at(25) })
    for (const key of ['startedAt', 'endedAt', 'lastSeenAt'] as const) one()[key] = (one()[key] ?? 0) - byMs
    held.watched.overSeenAt.set('one', at(40))
    expect(findings()).toEqual([])
  })
})

describe('what is open', () => {
  test('a session that is open past its time is found', () => {
    letLapse()
    told.backdatings.push({ sessionId: 'one', at: at(25), startMs: 0, seenMs: 0, dueAt: at(25) })
    held.watched.overSeenAt.set('one', at(25) + 62 * SECOND)
    expect(findings()).not.toContainEqual(expect.stringContaining('past its time'))
    held.watched.overSeenAt.set('one', at(25) + 63 * SECOND)
    expect(findings()).toContain('one: was open 63 s past its time')
  })

  test('one that is open in the end is found', () => {
    told.acts.pop()
    Object.assign(one(), open)
    expect(findings()).toEqual(['one: is still open'])
  })

  test('two at once of a user are found', () => {
    addSession('two', 20)
    expect(findings()).toContain('one: was open beside two of the same user')
  })

  test('what the watch saw is found', () => {
    held.watched.oddities.push('one: changed after its end')
    expect(findings()).toEqual(['one: changed after its end'])
  })
})

describe('live states', () => {
  beforeEach(() => {
    held.liveStates.push({ sessionId: 'one', ttlSeconds: 3000 })
  })

  test('one of a session that is over is found, unless a trouble explains it', () => {
    expect(findings()).toEqual(['one: is over, and Redis still holds its live state'])
    trouble('redisRefusing', 29, 150)
    expect(audit(told, held)).toMatchObject({
      findings: [],
      counts: { 'orphans in Redis that a fault explains': 1 },
    })
  })

  test('one that its log says Redis was not told of in time is explained', () => {
    held.withoutRedisAt = [at(29)]
    expect(findings()).toHaveLength(1)
    held.withoutRedisAt = [at(30) + 10]
    expect(findings()).toEqual([])
  })

  test('a beat of a session that is over, and a state of none, are found', () => {
    held.liveStates = [{ sessionId: 'none', ttlSeconds: 3000 }]
    held.beats = [{ sessionId: 'one', at: at(20) }]
    expect(findings()).toEqual([
      'none: Redis holds a live state, and there is no such session',
      'one: is over, and Redis still holds its beat',
    ])
  })

  test('one that never lapses is found', () => {
    held.liveStates = [{ sessionId: 'one', ttlSeconds: -1 }]
    trouble('redisRefusing', 29, 150)
    expect(findings()).toEqual(['one: its live state lapses in -1 s'])
  })
})

describe('mails', () => {
  const email = 'new@example.com'
  const attempt = { sentAt: at(0), settledAt: at(1), requestId: 'request', failure: null, detail: '' }
  beforeEach(() => {
    told.wishes.push({ email, attempts: [attempt] })
  })

  test('one that came once is right, one that never came is found', () => {
    expect(findings()).toEqual([`${email}: a mail was promised, not sent, and is not known as failed`])
    held.mails.push({ email, receivedAt: at(2) })
    expect(findings()).toEqual([])
  })

  test('one that is known as failed or given up is right', () => {
    held.jobs.push({ email, isFailed: true, isLocked: false })
    expect(findings()).toEqual([])
    held.jobs = []
    held.givenUp.add('request')
    expect(audit(told, held)).toMatchObject({ findings: [], counts: { '  given up, as the log says': 1 } })
  })

  test('one that came twice is found', () => {
    held.mails.push({ email, receivedAt: at(2) }, { email, receivedAt: at(9) })
    expect(findings()).toEqual([`${email}: 2 mails for 1 requests`])
  })

  test('a worker that dies just after the first copy may leave a second, and so may four jobs of it at most', () => {
    trouble('workerKilled', 2, 4)
    const emails = [email, ...['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`)]
    told.wishes = emails.map((each) => ({ email: each, attempts: [attempt] }))
    held.mails = emails.flatMap((each) => [
      { email: each, receivedAt: at(2) - 10 },
      { email: each, receivedAt: at(9) },
    ])
    expect(findings()).toEqual(['d@example.com: 2 mails for 1 requests'])
    held.mails = held.mails.slice(0, 8)
    told.wishes = told.wishes.slice(0, 4)
    expect(audit(told, held)).toMatchObject({ findings: [] })
  })

  test('a second copy long after a worker died is found', () => {
    trouble('workerKilled', 2, 4)
    held.mails.push({ email, receivedAt: at(8) }, { email, receivedAt: at(9) })
    expect(findings()).toEqual([`${email}: 2 mails for 1 requests`])
  })

  test('a mail that nobody asked for, and a job that a dead worker holds, are found', () => {
    held.mails.push({ email, receivedAt: at(2) }, { email: 'stranger@example.com', receivedAt: at(2) })
    held.jobs.push({ email: 'other@example.com', isFailed: false, isLocked: true })
    expect(findings()).toEqual([
      'stranger@example.com: got a mail, and nobody asked for it',
      'other@example.com: its job is held by a worker that died',
    ])
  })
})

describe('requests and processes', () => {
  const failed = (failure: Act['failure']) => act('beat', 'one', 15, null, { answer: null, failure })

  test('a request that fails in fair weather is found', () => {
    failed('serverError')
    expect(findings()).toContainEqual(expect.stringContaining('failed without need: serverError'))
  })

  test('without Redis no request may fail', () => {
    failed('timeout')
    trouble('redisSilent', 0, 100)
    expect(findings()).toContainEqual(expect.stringContaining('failed without need: timeout'))
  })

  test('a killed process may lose requests, a restarted one may not', () => {
    failed('lost')
    trouble('restart', 10, 20)
    expect(findings()).toContainEqual(expect.stringContaining('failed without need: lost'))
    trouble('apiKilled', 10, 20)
    expect(findings()).toEqual([])
  })

  test('a process that takes too long, ends badly, says nothing before, or ends by itself is found', () => {
    told.restarts.push({ name: 'api 1', tookMs: 10_001, exit: 'exit code 1', saidNotReady: false })
    told.deaths.push({ name: 'worker 1', how: 'with exit code 1', at: at(15) })
    told.pages.failures.push('/today: lost')
    expect(findings()).toEqual([
      'a page: /today: lost',
      'api 1: took 10001 ms to end',
      'api 1: ended by exit code 1',
      'api 1: went without saying first that it was not ready',
      'worker 1: ended by itself: with exit code 1',
    ])
  })

  test('a worker may end by itself while PostgreSQL is away, an API process may not', () => {
    trouble('postgresStopped', 10, 20)
    told.deaths.push({ name: 'worker 1', how: 'with exit code 1', at: at(15) })
    expect(findings()).toEqual([])
    told.deaths.push({ name: 'api 1', how: 'with exit code 1', at: at(15) })
    expect(findings()).toEqual(['api 1: ended by itself: with exit code 1'])
  })
})
