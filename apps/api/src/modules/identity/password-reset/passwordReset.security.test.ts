import { DAY, HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailedToken, mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { overtake } from '../../../testing/overtake.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { fromClient, signIn } from '../../../testing/signIn.ts'

const OLD = 'a quiet morning by the sea'
const NEW = 'an evening in the high hills'
const PAGE = '/reset-password'

let api: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await passThrottleTime(api, 2 * DAY)
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: OLD })
})

const ask = (email: string, headers = {}) => mutate(api, 'requestPasswordReset', { email }, { headers })
const reset = (token: string, password = NEW) => mutate(api, 'resetPassword', { token, password })
const codeOf = async (password: string) =>
  (await signIn(api, { email: person.email, password })).data.signIn.userErrors[0]?.code ?? 'SIGNED_IN'
const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status
const kindsOf = async (userId: string) =>
  (
    await api.sql<{ kind: string }>('select kind from security_events where user_id = ? order by id', [
      userId,
    ])
  ).map(({ kind }) => kind)

async function askForToken(email = person.email): Promise<string> {
  await ask(email)
  return mailedToken(api, email, PAGE)
}

/**
 * Attack: a stranger asks for reset links to learn who has an account: from the answer, or from how long it takes.
 */
test('R2, R8: asking is the same answer and the same statements for every address, and the job holds no token', async () => {
  const disabled = await createUser(api)
  await api.sql('update users set disabled_at = now() where id = ?', [disabled.userId])
  const seen = []
  for (const email of [person.email, disabled.email, 'nobody-at-all@example.com']) {
    const earlier = api.statements.length
    const answer = await ask(`  ${email.toUpperCase()} `)
    const statements = api.statements
      .slice(earlier)
      .map((sql) => sql.replaceAll(email, 'the address').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'an id'))
    seen.push({ answer, statements })
  }
  expect(seen[0]).toMatchObject({ answer: { status: 200, codes: [] }, statements: [expect.any(String)] })
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])

  const jobs = await api.sql<{ payload: Record<string, unknown> }>(
    'select payload from graphile_worker._private_jobs',
  )
  expect(jobs).toHaveLength(3)
  expect(await api.sql('select 1 from one_time_tokens where email = ?', [person.email])).toEqual([])
  await api.worker.runDueJobs()
  expect(api.mailbox.messages().map(({ to }) => to)).toEqual([[person.email]])
})

describe('R1, R3: a reset link', () => {
  test('changes the password, ends every login, signs nobody in, and is told by mail', async () => {
    const token = await askForToken()
    expect(await reset(token)).toMatchObject({ status: 200, codes: [] })
    expect(await statusOf(person.token)).toBe(401)
    expect(await api.sql('select 1 from logins where user_id = ?', [person.userId])).toEqual([])
    expect([await codeOf(OLD), await codeOf(NEW)]).toEqual(['INVALID_CREDENTIALS', 'SIGNED_IN'])
    expect(await kindsOf(person.userId)).toEqual(['PASSWORD_RESET_REQUESTED', 'PASSWORD_RESET', 'SIGNED_IN'])
    const subjects = (await mailsTo(api, person.email)).map(({ subject }) => subject)
    expect(subjects).toEqual(expect.arrayContaining(['Choose a new password', 'Your password was reset']))
  })

  test('changes nothing until it is used, and works once', async () => {
    const token = await askForToken()
    expect([await codeOf(OLD), await statusOf(person.token)]).toEqual(['SIGNED_IN', 200])
    expect((await reset(token)).codes).toEqual([])
    expect(await reset(token, 'a third one of some length')).toMatchObject({
      userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }],
    })
    expect(await codeOf(NEW)).toBe('SIGNED_IN')
  })

  test('works for one hour', async () => {
    const token = await askForToken()
    api.clock.advance(HOUR)
    expect((await reset(token)).codes).toEqual(['INVALID_TOKEN'])
    const second = await askForToken()
    api.clock.advance(HOUR - 1)
    expect((await reset(second)).codes).toEqual([])
  })

  test.each([
    ['short', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(129), 'PASSWORD_TOO_LONG'],
    ['passwordpassword', 'PASSWORD_COMPROMISED'],
  ])('R3: is not used up by the password %s, which is refused', async (password, code) => {
    const token = await askForToken()
    expect(await reset(token, password)).toMatchObject({ userErrors: [{ code, path: ['password'] }] })
    expect((await reset(token)).codes).toEqual([])
  })

  /**
   * Attack: whoever reads the mailbox tries by the link which password it was, for the other doors that it may open.
   */
  test('does not tell whether the new password is the one before', async () => {
    expect(await reset(await askForToken(), OLD)).toMatchObject({ status: 200, codes: [] })
    expect(await codeOf(OLD)).toBe('SIGNED_IN')
  })

  test('P7: does not take the address for a password', async () => {
    const { email } = await createUser(api, { email: 'marguerite.dubois@example.com' })
    const token = await askForToken(email)
    expect((await reset(token, 'margueritedubois')).codes).toEqual(['PASSWORD_COMPROMISED'])
  })

  test('is open beside at most two others; using one voids them, asking for one voids none', async () => {
    const tokens = [await askForToken(), await askForToken(), await askForToken()]
    expect(new Set(tokens).size).toBe(3)
    expect(await askForToken()).toBe(tokens[2])
    expect((await reset(tokens[0] ?? '')).codes).toEqual([])
    for (const token of tokens) expect((await reset(token)).codes).toEqual(['INVALID_TOKEN'])
  })

  test.each([
    ['the epoch was raised', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
    ['the user was disabled', 'update users set disabled_at = now() where id = ?'],
    ['the user was deleted', 'delete from users where id = ?'],
  ])('is void when %s since', async (_what, statement) => {
    const token = await askForToken()
    await api.sql(statement, [person.userId])
    expect((await reset(token)).codes).toEqual(['INVALID_TOKEN'])
  })

  test('stands alone on its line in plain text, leads to AUTH_URL, and has nothing but its token as a parameter', async () => {
    await ask(person.email)
    const [mail] = await mailsTo(api, person.email)
    const [link = ''] = mail?.links ?? []
    expect(mail?.text.split('\n')).toContain(link)
    expect(link).toMatch(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/)
  })
})

/**
 * Attack: a sign-up link is good for an address; used as a reset link it would be good for the account behind it.
 */
test('R1: a link of another purpose resets nothing', async () => {
  const { tokens } = api.app.services.identity
  const token = await tokens.issue(api.app.services.orm.em.fork(), {
    id: crypto.randomUUID(),
    purpose: 'SIGN_UP',
    email: person.email,
    now: api.clock.now(),
  })
  expect((await reset(token ?? '')).codes).toEqual(['INVALID_TOKEN'])
  expect(await codeOf(OLD)).toBe('SIGNED_IN')
})

/**
 * Attack: one link, found in a mailbox, is used in the same instant as its owner uses it.
 */
test('R1: of many that use one link at once, exactly one wins', async () => {
  const token = await askForToken()
  const passwords = Array.from({ length: 5 }, (_, i) => `${NEW} number ${i}`)
  const answers = await Promise.all(passwords.map((password) => reset(token, password)))
  expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1)
  const winner = passwords[answers.findIndex(({ codes }) => codes.length === 0)] ?? ''
  expect(await codeOf(winner)).toBe('SIGNED_IN')
})

/**
 * Attack: a thief who knows the old password signs in while its owner resets it. The old password was found right before
 * the reset was committed.
 */
test('L10: a sign-in whose password was checked before a reset gives no login after it', async () => {
  const answer = await overtake(api, {
    held: ['lock table logins in share row exclusive mode'],
    request: () => signIn(api, { email: person.email, password: OLD }),
    async change(tx) {
      const { users, logins } = api.app.services.identity
      const change = { userId: person.userId, authEpoch: 0, passwordHash: 'another', now: api.clock.now() }
      expect(await users.setPasswordHash(tx, change)).toBe(true)
      await logins.endAll(tx, person.userId)
    },
  })
  expect(answer.data.signIn).toMatchObject({ token: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
})

/**
 * Attack: the owner, locked out by a stranger who fails on purpose, has no way in.
 */
test('S5: a reset clears what was counted against the account', async () => {
  for (let i = 0; i < 8; i += 1) await codeOf('wrong')
  expect(await codeOf(OLD)).toBe('TOO_MANY_ATTEMPTS')
  await reset(await askForToken())
  expect(await codeOf(NEW)).toBe('SIGNED_IN')
})

/**
 * Attack: a mailbox is flooded through us, or kept from the mail that its owner needs, by asking for others first.
 */
describe('R2: mails', () => {
  test('of resets are five an hour to an address, and the answer never tells that it gets no more', async () => {
    for (let i = 0; i < 8; i += 1) {
      const address = fromClient(api, `203.0.113.${i}`)
      expect((await ask(person.email, address)).codes).toEqual([])
      await api.worker.runDueJobs()
      // As if the three that may be open had been used.
      await api.sql('update one_time_tokens set used_at = now() where email = ?', [person.email])
    }
    expect(await mailsTo(api, person.email)).toHaveLength(5)
  })

  test('of sign-ups do not use up those of resets', async () => {
    for (let i = 0; i < 6; i += 1) await mutate(api, 'requestSignUp', { email: person.email })
    await api.worker.runDueJobs()
    expect(await askForToken()).not.toBe('')
  })

  test('of resets are thirty an hour for a client, whoever they are for', async () => {
    const headers = fromClient(api, '203.0.113.77')
    const codes = []
    for (let i = 0; i < 31; i += 1) codes.push((await ask(`flood-${i}@example.com`, headers)).codes)
    expect(codes.slice(0, 30).flat()).toEqual([])
    expect(codes[30]).toEqual(['TOO_MANY_ATTEMPTS'])
  })
})

test('neither address, token nor password is in any log record', async () => {
  const token = await askForToken()
  await reset(token)
  const log = api.logLines.join('\n')
  for (const secret of [person.email, token, NEW]) expect(log).not.toContain(secret)
})
