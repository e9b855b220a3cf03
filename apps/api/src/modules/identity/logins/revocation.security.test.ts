import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmIdentity } from '../../../testing/confirmIdentity.ts'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { emptyRedis } from '../../../testing/emptyRedis.ts'
import { mailedToken } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { overtake } from '../../../testing/overtake.ts'
import { type HoldingPoint, PostgresLine } from '../../../testing/postgresLine.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'
import { startSibling } from '../../../testing/startSibling.ts'

const PASSWORD = 'a quiet morning by the sea'
const NEW_PASSWORD = 'an evening in the high hills'
/** Some twenty persons each, with a password and a mail. */
const AT_EVERY_POINT = { timeout: 90_000 }

/** Two processes: what is revoked in one was signed in, or is being signed in, in the other. */
let api: TestApi
let line: PostgresLine
let other: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
  line = await PostgresLine.open(api.env.DATABASE_URL)
  other = await startSibling(api, { DATABASE_URL: line.url })
})
afterAll(async () => {
  await other.close()
  await line.close()
  await api.close()
})
beforeEach(async () => {
  await emptyRedis(api.app.services.redis)
  person = await newPerson()
})

async function newPerson(): Promise<TestUser> {
  const user = await createUser(api)
  await setPassword(api, { email: user.email, password: PASSWORD })
  await confirmLogins(api, user.userId)
  return user
}

async function tokenFrom(process: TestApi): Promise<string> {
  const { data } = await signIn(process, { email: person.email, password: PASSWORD })
  return data.signIn.token ?? ''
}

/** As both processes say it. */
async function statusesOf(tokens: (string | null)[]): Promise<number[]> {
  const answers = tokens.flatMap((token) =>
    [api, other].map((process) => process.request('{ me { id } }', {}, { token: token ?? 'none' })),
  )
  return (await Promise.all(answers)).map(({ status }) => status)
}

async function revoke(field: string, token = person.token): Promise<void> {
  const { data } = await api.request<Record<string, { userErrors: unknown[] }>>(
    `mutation { ${field} { userErrors { code } } }`,
    {},
    { token },
  )
  expect(data[field]?.userErrors).toEqual([])
}

async function loginIdOf(token: string): Promise<string> {
  const { data } = await api.request<{ me: { logins: { id: string; current: boolean }[] } }>(
    '{ me { logins { id current } } }',
    {},
    { token },
  )
  return data.me.logins.find(({ current }) => current)?.id ?? ''
}

/**
 * Lets a request wait at one of its own requests to PostgreSQL until something else was done and answered.
 *
 * @returns its answer; null when it never came to that point.
 */
async function holdWhile<Answer>(
  point: HoldingPoint,
  request: () => Promise<Answer>,
  meanwhile: () => Promise<unknown>,
): Promise<Answer | null> {
  const hold = line.holdAt(point)
  const answer = request()
  const isHeld = await Promise.race([hold.reached.then(() => true), answer.then(() => false)])
  try {
    if (isHeld) await meanwhile()
  } finally {
    hold.release()
  }
  return isHeld ? answer : null
}

/** Every point from here on, at least as many as this; a request that has no such point ends the list. */
async function atEveryPoint(
  from: HoldingPoint,
  atLeast: number,
  happens: (point: HoldingPoint) => Promise<boolean>,
): Promise<void> {
  let points = 0
  for (let { request, side } = from; ; points += 1) {
    if (!(await happens({ request, side }))) break
    if (side === 'after') request += 1
    side = side === 'after' ? 'before' : 'after'
  }
  expect(points).toBeGreaterThanOrEqual(atLeast)
}

const signInUnderWay = () => signIn(other, { email: person.email, password: PASSWORD })
/** A sign-in's first request to PostgreSQL reads the password's hash and the epoch together. */
const PASSWORD_WAS_READ: HoldingPoint = { request: 0, side: 'after' }

/**
 * Attack: logins that are made side by side are missing in the list by which the others are ended, or come to it too late.
 */
describe('L10: three sign-ins at once and revokeOtherLogins:', () => {
  test('answered before it, all three end, and the one that asked goes on', async () => {
    const tokens = await Promise.all([api, other, api].map(tokenFrom))
    expect(await statusesOf(tokens)).toEqual(Array.from({ length: 6 }, () => 200))
    await revoke('revokeOtherLogins')
    expect(await statusesOf(tokens)).toEqual(Array.from({ length: 6 }, () => 401))
    expect(await statusesOf([person.token])).toEqual([200, 200])
  })

  test('written but not committed when it is answered, none of the three ever works', async () => {
    const { answers } = await api.app.services.orm.em.fork().transactional(async (tx) => {
      // The mail about a new device is queued after the login is written, and before that is committed.
      await tx.execute('lock table graphile_worker._private_jobs in share row exclusive mode')
      const underWay = [api, other, api].map(tokenFrom)
      await expect
        .poll(() => api.sql("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
        .toHaveLength(3)
      await revoke('revokeOtherLogins')
      return { answers: underWay }
    })
    const tokens = await Promise.all(answers)
    expect(await statusesOf(tokens)).toEqual(Array.from({ length: 6 }, () => 401))
    expect(await statusesOf([person.token])).toEqual([200, 200])
  })
})

/**
 * Attack: a store that is only a copy, or an index of what there is, is lost: what it no longer lists is not ended, or
 * whoever is signed in no longer is.
 */
test('L10: with Redis emptied between sign-ins and revokeAllLogins nothing valid is lost, and nothing revoked is left', async () => {
  const stranger = await newPerson()
  const tokens = [person.token, await tokenFrom(api), await tokenFrom(other)]
  await emptyRedis(api.app.services.redis)
  expect(await statusesOf([...tokens, stranger.token])).toEqual(Array.from({ length: 8 }, () => 200))
  await revoke('revokeAllLogins')
  await emptyRedis(api.app.services.redis)
  expect(await statusesOf(tokens)).toEqual(Array.from({ length: 6 }, () => 401))
  expect(await statusesOf([stranger.token])).toEqual([200, 200])
})

/**
 * Attack: a stolen login renews its token in the moment in which its owner ends it from another device.
 */
test(
  'L10, L1: a login that is revoked while its token is renewed is over, wherever the renewal stands',
  AT_EVERY_POINT,
  async () => {
    await atEveryPoint({ request: 0, side: 'before' }, 6, async (point) => {
      person = await newPerson()
      const stolen = await tokenFrom(api)
      const id = await loginIdOf(stolen)
      const answer = await holdWhile(
        point,
        () => confirmIdentity(other, stolen, { password: PASSWORD }),
        async () => {
          expect((await mutate(api, 'revokeLogin', { id }, { token: person.token })).codes).toEqual([])
          expect((await api.request('{ me { id } }', {}, { token: stolen })).status).toBe(401)
        },
      )
      if (!answer) return false
      expect(await statusesOf([stolen, answer.token, person.token])).toEqual([401, 401, 401, 401, 200, 200])
      return true
    })
  },
)

/**
 * Attack: a thief who knows the password signs in, in the moment in which its owner ends all logins.
 */
test(
  'L10: a sign-in whose password was read before all logins were revoked never works, wherever it stands',
  AT_EVERY_POINT,
  async () => {
    await atEveryPoint(PASSWORD_WAS_READ, 8, async (point) => {
      person = await newPerson()
      const answer = await holdWhile(point, signInUnderWay, () => revoke('revokeAllLogins'))
      if (!answer) return false
      expect(await statusesOf([answer.data.signIn.token, person.token])).toEqual([401, 401, 401, 401])
      return true
    })
  },
)

/**
 * Attack: a thief signs in with the old password while its owner, who has lost it, resets it: the check of the old one is
 * under way, and comes out right, when the new one is already set.
 */
test(
  'L10: a sign-in whose password is checked while a reset is answered never works, wherever it stands',
  AT_EVERY_POINT,
  async () => {
    await atEveryPoint(PASSWORD_WAS_READ, 8, async (point) => {
      person = await newPerson()
      await mutate(api, 'requestPasswordReset', { email: person.email })
      const token = await mailedToken(api, person.email, '/reset-password')
      const answer = await holdWhile(point, signInUnderWay, async () => {
        const reset = await mutate(api, 'resetPassword', { token, password: NEW_PASSWORD })
        expect(reset.codes).toEqual([])
      })
      if (!answer) return false
      expect(await statusesOf([answer.data.signIn.token, person.token])).toEqual([401, 401, 401, 401])
      const again = await signIn(api, { email: person.email, password: NEW_PASSWORD })
      expect(again.data.signIn.userErrors).toEqual([])
      return true
    })
  },
)

/**
 * Attack: none; a device signs in while another deletes the account.
 */
test('a sign-in whose password was read before its user was deleted is refused, and is no fault of ours', async () => {
  const answer = await overtake(api, {
    held: ['select 1 from users where id = ? for update', [person.userId]],
    request: () => signIn(api, { email: person.email, password: PASSWORD }),
    change: (tx) => tx.execute('delete from users where id = ?', [person.userId]),
  })
  expect(answer.data.signIn).toMatchObject({ token: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
})
