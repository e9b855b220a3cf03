import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { CLIENT_USER_AGENT_HEADER } from '@wellness/domain/webHeaders'
import { DAY, HOUR, MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { overtake } from '../../../testing/overtake.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { fromClient, signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'

interface Login {
  id: string
  current: boolean
  createdAt: string
  lastSeenAt: string
  idleExpiresAt: string
  expiresAt: string
  device: string | null
  ipAddress: string | null
}
const FIELDS = 'id current createdAt lastSeenAt idleExpiresAt expiresAt device ipAddress'

let api: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: PASSWORD })
})

const statusOf = async (token: string) => (await api.request('{ me { id } }', {}, { token })).status

async function newToken(): Promise<string> {
  const { data } = await signIn(api, { email: person.email, password: PASSWORD })
  return data.signIn.token ?? ''
}

async function loginsOf(token: string): Promise<Login[]> {
  const { data } = await api.request<{ me: { logins: Login[] } }>(
    `{ me { logins { ${FIELDS} } } }`,
    {},
    { token },
  )
  return data.me.logins
}

/** What a mutation that ends logins says is wrong; null when its login is not valid any more. */
async function revoke(field: string, token: string, id?: string): Promise<string[] | null> {
  const { data } = await api.request<Record<string, { userErrors: { code: string }[] }> | null>(
    id === undefined
      ? `mutation { ${field} { userErrors { code message path } } }`
      : `mutation ($id: ID!) { ${field}(input: { id: $id }) { userErrors { code message path } } }`,
    id === undefined ? {} : { id },
    { token },
  )
  return data?.[field]?.userErrors.map(({ code }) => code) ?? null
}

const idOf = async (token: string) => (await loginsOf(token)).find(({ current }) => current)?.id ?? ''
const eventsOf = async (userId: string) =>
  (
    await api.sql<{ kind: string }>(
      "select kind from security_events where user_id = ? and kind like '%REVOKED' order by id",
      [userId],
    )
  ).map(({ kind }) => kind)

describe('L7: the list of logins', () => {
  test('shows each of one’s own, the one that was used last first, with device and address', async () => {
    const { data } = await api.request<{ signIn: { token: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { input: { email: person.email, password: PASSWORD } },
      { headers: { ...fromClient(api, '203.0.113.5'), [CLIENT_USER_AGENT_HEADER]: FIREFOX } },
    )
    const signedInAt = api.clock.now()
    api.clock.advance(DAY)
    const logins = await loginsOf(person.token)
    expect(logins).toMatchObject([
      { current: true, lastSeenAt: api.clock.now().toISOString(), device: null, ipAddress: null },
      {
        current: false,
        createdAt: signedInAt.toISOString(),
        lastSeenAt: signedInAt.toISOString(),
        idleExpiresAt: new Date(signedInAt.getTime() + 14 * DAY).toISOString(),
        expiresAt: new Date(signedInAt.getTime() + 30 * DAY).toISOString(),
        device: 'Firefox on Windows',
        ipAddress: '203.0.113.5',
      },
    ])
    expect((await loginsOf(data.signIn.token)).map(({ current }) => current)).toEqual([true, false])
  })

  test('never says that a login lasts longer than it does', async () => {
    for (let days = 0; days < 26; days += 13) {
      api.clock.advance(13 * DAY)
      await statusOf(person.token)
    }
    const [login] = await loginsOf(person.token)
    expect(login?.idleExpiresAt).toBe(login?.expiresAt)
  })

  test('leaves out what signs nobody in any more', async () => {
    const idle = await newToken()
    api.clock.advance(14 * DAY - MINUTE)
    await statusOf(person.token)
    api.clock.advance(MINUTE)
    expect(await statusOf(idle)).toBe(401)
    expect(await loginsOf(person.token)).toHaveLength(1)
  })

  test('has no login of anybody else, and neither has node', async () => {
    const other = await createUser(api)
    const id = await idOf(person.token)
    expect((await loginsOf(other.token)).map((login) => login.id)).not.toContain(id)
    const node = (token: string) =>
      api.request(`query ($id: ID!) { node(id: $id) { ... on Login { ${FIELDS} } } }`, { id }, { token })
    expect((await node(other.token)).data).toEqual({ node: null })
    expect((await node(person.token)).data).toEqual({ node: (await loginsOf(person.token))[0] })
  })

  test('is read once, however often a document comes back to the user', async () => {
    const earlier = api.statements.length
    await api.request('{ a: me { logins { id } more: logins { device } } }', {}, { token: person.token })
    expect(api.statements.slice(earlier)).toHaveLength(2)
  })
})

/**
 * Attack: a device was lost or a token stolen, and whoever has it uses it for as long as they can.
 */
describe('L7: ending', () => {
  test('one login refuses it from the next request on, and no other', async () => {
    const [lost, kept] = [await newToken(), await newToken()]
    await confirmLogins(api, person.userId)
    expect(await revoke('revokeLogin', person.token, await idOf(lost))).toEqual([])
    expect(await Promise.all([lost, kept, person.token].map(statusOf))).toEqual([401, 200, 200])
    expect(await eventsOf(person.userId)).toEqual(['LOGIN_REVOKED'])
  })

  test('the current login by its id is possible too', async () => {
    const kept = await newToken()
    await confirmLogins(api, person.userId)
    expect(await revoke('revokeLogin', person.token, await idOf(person.token))).toEqual([])
    expect(await Promise.all([person.token, kept].map(statusOf))).toEqual([401, 200])
  })

  test('the others leaves the current one alone', async () => {
    const others = [await newToken(), await newToken()]
    await confirmLogins(api, person.userId)
    expect(await revoke('revokeOtherLogins', person.token)).toEqual([])
    expect(await Promise.all([...others, person.token].map(statusOf))).toEqual([401, 401, 200])
    expect(await loginsOf(person.token)).toHaveLength(1)
    expect(await eventsOf(person.userId)).toEqual(['LOGIN_REVOKED', 'LOGIN_REVOKED'])
    expect(await revoke('revokeOtherLogins', person.token)).toEqual([])
    expect(await eventsOf(person.userId)).toHaveLength(2)
  })

  test('all ends the current one too, and nobody else’s', async () => {
    const [other, stranger] = [await newToken(), await createUser(api)]
    await confirmLogins(api, person.userId)
    expect(await revoke('revokeAllLogins', person.token)).toEqual([])
    expect(await Promise.all([other, person.token, stranger.token].map(statusOf))).toEqual([401, 401, 200])
    expect(await eventsOf(person.userId)).toEqual(['ALL_LOGINS_REVOKED'])
    expect(await newToken()).not.toBe('')
  })
})

/**
 * Attack: ids of logins are tried, to sign others out or to learn which exist.
 */
test('A24: another’s login is NOT_FOUND like a missing one, for the same statements, and goes on', async () => {
  const other = await createUser(api)
  await confirmLogins(api, person.userId)
  const [{ id: othersId = '' } = {}] = await loginsOf(other.token)
  const seen = []
  for (const id of [othersId, publicId.from('login', newId())]) {
    const earlier = api.statements.length
    expect(await revoke('revokeLogin', person.token, id)).toEqual(['NOT_FOUND'])
    seen.push(
      api.statements.slice(earlier).map((sql) => sql.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')),
    )
  }
  expect(seen[1]).toEqual(seen[0])
  expect(await statusOf(other.token)).toBe(200)
  for (const id of ['', 'login_', person.userId, publicId.from('user', person.userId)]) {
    expect(await revoke('revokeLogin', person.token, id)).toEqual(['NOT_FOUND'])
  }
})

/**
 * Attack: a thief signs in, knowing the password, in the very moment in which the owner ends the other logins. The check
 * of the password was over before, so that the new login would be missed by whoever only deletes what is there.
 */
test.each(['revokeOtherLogins', 'revokeAllLogins'])(
  'L10: a sign-in under way while %s is answered gives no login that works',
  async (field) => {
    await confirmLogins(api, person.userId)
    const answer = await overtake(api, {
      // The new row waits for this key, which the end of logins does not touch.
      held: ['select 1 from users where id = ? for update', [person.userId]],
      request: () => signIn(api, { email: person.email, password: PASSWORD }),
      async change(tx) {
        const { logins } = api.app.services.identity
        const [{ id = '' } = {}] = await tx.execute<{ id: string }[]>(
          'select id from logins where user_id = ?',
          [person.userId],
        )
        if (field === 'revokeAllLogins') await logins.endAll(tx, person.userId)
        else await logins.endOthers(tx, { userId: person.userId, credential: { id } })
      },
    })
    const { token } = answer.data.signIn
    if (token !== null) expect(await statusOf(token)).toBe(401)
    const alive = field === 'revokeAllLogins' ? 0 : 1
    expect(
      await api.sql(
        'select 1 from logins l join users u on u.id = l.user_id and u.auth_epoch = l.auth_epoch where u.id = ?',
        [person.userId],
      ),
    ).toHaveLength(alive)
  },
)

/**
 * Attack: two devices end each other at once; neither may be left half ended, and the database must not wait for ever.
 */
test('L10: two that end the others at once: one wins, and the other’s login is over', async () => {
  const other = await newToken()
  await confirmLogins(api, person.userId)
  const answers = await Promise.all([
    revoke('revokeOtherLogins', person.token),
    revoke('revokeOtherLogins', other),
  ])
  expect(answers.filter((codes) => codes === null)).toHaveLength(1)
  expect((await Promise.all([person.token, other].map(statusOf))).toSorted()).toEqual([200, 401])
})

/**
 * Attack: none; a person ends logins while they practise on one of the devices.
 */
test('L11: ending logins neither ends nor touches a session that is running', async () => {
  await api.request(
    'mutation { startSession(input: {}) { userErrors { code } } }',
    {},
    { token: await newToken() },
  )
  const record = () => api.sql('select * from session_metadata where user_id = ?', [person.userId])
  const live = async () => {
    const keys = await findRedisKeys(api.app.services.redis, 'session:*')
    return Promise.all(keys.map(async (key) => [key, await api.app.services.redis.get(key)]))
  }
  const before = [await record(), await live()]
  expect(before.map((rows) => rows.length)).toEqual([1, 1])
  api.clock.advance(HOUR / 2)
  await confirmLogins(api, person.userId)
  expect(await revoke('revokeOtherLogins', person.token)).toEqual([])
  expect(await revoke('revokeAllLogins', person.token)).toEqual([])
  expect([await record(), await live()]).toEqual(before)
})
