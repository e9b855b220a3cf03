import { DAY, HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailedToken, mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { overtake } from '../../../testing/overtake.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'
const PAGE = '/confirm-email'

let api: TestApi
let person: TestUser
let newEmail: string
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await passThrottleTime(api, 2 * DAY)
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: PASSWORD })
  newEmail = `new-${person.email}`
})

const confirm = (token: string, login?: string) =>
  mutate(api, 'confirmEmailChange', { token }, login === undefined ? {} : { token: login })
const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status
const tokenFor = async (email: string) => (await signIn(api, { email, password: PASSWORD })).data.signIn.token
const emailOf = async (userId: string) =>
  (await api.sql<{ email: string }>('select email from users where id = ?', [userId]))[0]?.email

async function ask(email = newEmail) {
  await confirmLogins(api, person.userId)
  return mutate(api, 'requestEmailChange', { newEmail: email }, { token: person.token })
}

/** What waits to be sent to this address waits for longer. */
const deferMail = (email: string) =>
  api.sql(
    `update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where payload ->> 'email' = ?`,
    [email],
  )

async function letMailGo(): Promise<void> {
  await api.sql('update graphile_worker._private_jobs set run_at = now()')
  await api.worker.runDueJobs()
}

async function askForToken(email = newEmail): Promise<string> {
  await ask(email)
  return mailedToken(api, email, PAGE)
}

/**
 * Attack: whoever found a device open points the account at a mailbox of their own.
 */
describe('R5: a change of address', () => {
  test('changes nothing until the link is used: the old address stays good', async () => {
    const { codes } = await ask(`  ${newEmail.toUpperCase()} `)
    expect(codes).toEqual([])
    const [[link], [notice]] = [await mailsTo(api, newEmail), await mailsTo(api, person.email)]
    expect(link?.links[0]).toMatch(/^http:\/\/localhost:3000\/confirm-email\?token=[\w-]{43}$/)
    expect(link?.text.split('\n')).toContain(link?.links[0])
    expect(notice?.subject).toBe('A change of e-mail address was requested')
    expect(notice?.raw).not.toContain(newEmail)
    expect(await emailOf(person.userId)).toBe(person.email)
    expect(await statusOf(person.token)).toBe(200)
    expect([await tokenFor(newEmail), typeof (await tokenFor(person.email))]).toEqual([null, 'string'])
  })

  test('L6: swaps the address, ends the other logins, and is told to both addresses', async () => {
    const other = await tokenFor(person.email)
    const token = await askForToken()
    api.mailbox.clear()
    expect((await confirm(token, person.token)).codes).toEqual([])
    expect(await emailOf(person.userId)).toBe(newEmail)
    expect(await Promise.all([other, person.token].map(statusOf))).toEqual([401, 200])
    expect([await tokenFor(person.email), typeof (await tokenFor(newEmail))]).toEqual([null, 'string'])
    for (const email of [person.email, newEmail]) {
      const subjects = (await mailsTo(api, email)).map(({ subject }) => subject)
      expect(subjects).toContain('Your e-mail address was changed')
    }
    const events = await api.sql<{ kind: string }>(
      "select kind from security_events where user_id = ? and kind like 'EMAIL%' order by id",
      [person.userId],
    )
    expect(events.map(({ kind }) => kind)).toEqual(['EMAIL_CHANGE_REQUESTED', 'EMAIL_CHANGED'])
  })

  test('L6: confirmed without a login, it ends every login of its user alone', async () => {
    const stranger = await createUser(api)
    expect((await confirm(await askForToken())).codes).toEqual([])
    expect(await Promise.all([person.token, stranger.token].map(statusOf))).toEqual([401, 200])
  })

  test('R1: works once, for one hour', async () => {
    const token = await askForToken()
    expect((await confirm(token)).codes).toEqual([])
    expect(await confirm(token)).toMatchObject({ userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }] })

    const late = await createUser(api)
    await confirmLogins(api, late.userId)
    await mutate(api, 'requestEmailChange', { newEmail: `x-${late.email}` }, { token: late.token })
    const lateToken = await mailedToken(api, `x-${late.email}`, PAGE)
    api.clock.advance(HOUR)
    expect((await confirm(lateToken)).codes).toEqual(['INVALID_TOKEN'])
    expect(await emailOf(late.userId)).toBe(late.email)
  })

  test.each([
    ['the epoch was raised', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
    ['the user was disabled', 'update users set disabled_at = now() where id = ?'],
  ])('R1: the link is void when %s since', async (_what, statement) => {
    const token = await askForToken()
    await api.sql(statement, [person.userId])
    expect((await confirm(token)).codes).toEqual(['INVALID_TOKEN'])
    expect(await emailOf(person.userId)).toBe(person.email)
  })

  test('R1: a link for one address voids those for others once it is used', async () => {
    const [first, second] = [await askForToken(), await askForToken(`other-${person.email}`)]
    expect((await confirm(second)).codes).toEqual([])
    expect((await confirm(first)).codes).toEqual(['INVALID_TOKEN'])
  })
})

/**
 * Attack: somebody asks for the address of a victim, who presses the button in the mail unasked, takes the account for one
 * of theirs, and fills it; then the asker takes it back by the notice that went to the old address.
 */
describe('R5: a link that the reader of the mailbox did not ask for', () => {
  test('is refused with a login of theirs, and stays good for who asked', async () => {
    const reader = await createUser(api)
    const token = await askForToken()
    expect(await confirm(token, reader.token)).toMatchObject({
      userErrors: [
        {
          code: 'INVALID_TOKEN',
          message: expect.stringContaining('another account') as string,
          path: ['token'],
        },
      ],
    })
    expect(await emailOf(person.userId)).toBe(person.email)
    expect(await Promise.all([person.token, reader.token].map(statusOf))).toEqual([200, 200])
    expect((await confirm(token, person.token)).codes).toEqual([])
  })

  test('comes in a mail that says whose account it is, as it is spelled, and to ignore it', async () => {
    await api.sql('update users set email = ? where id = ?', [`o'<b>-&-${person.email}`, person.userId])
    await ask()
    const [mail] = await mailsTo(api, newEmail)
    const text = mail?.text.replaceAll(/\s+/g, ' ')
    expect(text).toContain(`as o'<b>-&-${person.email} wants to use this address`)
    expect(text).toContain('nothing changes')
    expect(text).toContain('If you did not ask for this, ignore this e-mail')
    expect(text).toContain('is not yours')
    expect(mail?.html).toContain(`o'&lt;b&gt;-&amp;-${person.email}`)
    expect(mail?.html).not.toContain('<b>')
  })
})

test.each([
  ['not an address', 'INVALID_INPUT'],
  ['', 'INVALID_INPUT'],
])('%j is no address to change to', async (email, code) => {
  expect(await ask(email)).toMatchObject({ userErrors: [{ code, path: ['newEmail'] }] })
})

test('one’s own address, in any spelling, is no change', async () => {
  expect((await ask(person.email.toUpperCase())).codes).toEqual(['INVALID_INPUT'])
  expect(await mailsTo(api, person.email)).toEqual([])
})

/**
 * Attack: somebody who is signed in tries addresses to learn who has an account here.
 */
test('S3, R2: asking for an address that has a user is the same answer for the same statements, and its owner is told', async () => {
  const other = await createUser(api)
  const seen = []
  for (const email of [newEmail, other.email]) {
    await confirmLogins(api, person.userId)
    const earlier = api.statements.length
    const answer = await mutate(api, 'requestEmailChange', { newEmail: email }, { token: person.token })
    const statements = api.statements
      .slice(earlier)
      .map((sql) => sql.replaceAll(email, 'the address').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'an id'))
    seen.push({ answer, statements })
  }
  expect(seen[0]?.answer.codes).toEqual([])
  expect(seen[1]).toEqual(seen[0])
  const [mail] = await mailsTo(api, other.email)
  expect(mail?.subject).toBe('This address already has an account')
  expect(mail?.links).toEqual(['http://localhost:3000/sign-in'])
})

/**
 * Attack: none; two people want one address at once, one by signing up and one by changing to it.
 */
test('an address that has a user by the time the link is used is answered kindly, and changes nothing', async () => {
  const token = await askForToken()
  await createUser(api, { email: newEmail })
  expect(await confirm(token)).toMatchObject({
    status: 200,
    userErrors: [{ code: 'INVALID_TOKEN', message: expect.stringContaining('of its own') as string }],
  })
  expect(await emailOf(person.userId)).toBe(person.email)
  expect(await statusOf(person.token)).toBe(200)
})

test('and so is one that is taken in the same moment', async () => {
  const token = await askForToken()
  const { codes, status } = await overtake(api, {
    held: ['insert into users (id, email) values (gen_random_uuid(), ?)', [newEmail]],
    request: () => confirm(token),
    change: () => Promise.resolve(),
  })
  expect([status, codes]).toEqual([200, ['INVALID_TOKEN']])
  expect(await emailOf(person.userId)).toBe(person.email)
})

/**
 * Attack: a mailbox is flooded through the wishes of somebody who is signed in.
 */
test('R2: a user has five wishes for another address an hour', async () => {
  const codes: string[][] = []
  for (let i = 0; i < 6; i += 1) codes.push((await ask(`flood-${i}-${person.email}`)).codes)
  expect(codes.slice(0, 5).flat()).toEqual([])
  expect(codes[5]).toEqual(['TOO_MANY_ATTEMPTS'])
})

/**
 * Attack: a thief changes the address, so that resets go to them, and fights to keep the account by notices of their own.
 */
describe('R4: "this was not me" after a change of address', () => {
  async function steal(): Promise<{ owners: string; thiefs: string }> {
    await confirm(await askForToken(), person.token)
    return {
      owners: await mailedToken(api, person.email, '/security/not-me'),
      thiefs: await mailedToken(api, newEmail, '/security/not-me'),
    }
  }

  test('gives the owner the address back, and a reset link there', async () => {
    const { owners } = await steal()
    expect((await mutate(api, 'reportNotMe', { token: owners })).codes).toEqual([])
    expect(await emailOf(person.userId)).toBe(person.email)
    expect(await statusOf(person.token)).toBe(401)
    const token = await mailedToken(api, person.email, '/reset-password')
    expect((await mutate(api, 'resetPassword', { token, password: PASSWORD })).codes).toEqual([])
    expect(await tokenFor(person.email)).not.toBeNull()
  })

  test('leaves the thief no notice to take it back by', async () => {
    const { owners, thiefs } = await steal()
    await mutate(api, 'reportNotMe', { token: owners })
    expect((await mutate(api, 'reportNotMe', { token: thiefs })).codes).toEqual(['INVALID_TOKEN'])
    expect(await emailOf(person.userId)).toBe(person.email)
  })

  test('works for the owner also when the thief pressed first', async () => {
    const { owners, thiefs } = await steal()
    expect((await mutate(api, 'reportNotMe', { token: thiefs })).codes).toEqual([])
    expect((await mutate(api, 'reportNotMe', { token: owners })).codes).toEqual([])
    expect(await emailOf(person.userId)).toBe(person.email)
    const thiefsReset = await mailedToken(api, newEmail, '/reset-password')
    expect((await mutate(api, 'resetPassword', { token: thiefsReset, password: PASSWORD })).codes).toEqual([
      'INVALID_TOKEN',
    ])
  })

  /** The thief keeps their mail server away until the owner was there, and only then lets the notice in. */
  test('leaves the thief none that was still waiting to be sent either', async () => {
    const token = await askForToken()
    api.mailbox.clear()
    await confirm(token, person.token)
    await deferMail(newEmail)
    const owners = await mailedToken(api, person.email, '/security/not-me')
    expect((await mutate(api, 'reportNotMe', { token: owners })).codes).toEqual([])
    await letMailGo()
    expect(await mailsTo(api, person.email)).not.toEqual([])
    expect(await mailsTo(api, newEmail)).toEqual([])
    expect(await emailOf(person.userId)).toBe(person.email)
  })

  /** The worker is in the middle of writing the notice when the owner presses the button. */
  test('leaves the thief none that is being written in that moment', async () => {
    const token = await askForToken()
    await confirm(token, person.token)
    await deferMail(newEmail)
    const owners = await mailedToken(api, person.email, '/security/not-me')
    api.mailbox.clear()
    const written = await overtake(api, {
      held: ['select 1 from users where id = ? for update', [person.userId]],
      request: () => letMailGo(),
      change: async (tx) => {
        const { notMe } = api.app.services.identity
        await notMe.report(tx, {
          token: owners,
          client: { ipAddress: '192.0.2.1', userAgent: null },
          requestId: 'x',
        })
      },
    }).then(() => mailsTo(api, newEmail))
    expect(written).toEqual([])
    expect(await emailOf(person.userId)).toBe(person.email)
  })

  /** The thief goes on to a third address, and then has the second one given "back". */
  test('stays with the owner when the thief changed the address twice, and gave one of theirs back', async () => {
    const { owners } = await steal()
    const third = `third-${person.email}`
    await confirm(await askForToken(third), person.token)
    const seconds = await mailedToken(api, newEmail, '/security/not-me')
    expect((await mutate(api, 'reportNotMe', { token: seconds })).codes).toEqual([])
    expect(await emailOf(person.userId)).toBe(newEmail)
    expect((await mutate(api, 'reportNotMe', { token: owners })).codes).toEqual([])
    expect(await emailOf(person.userId)).toBe(person.email)
    const thirds = await mailedToken(api, third, '/security/not-me')
    expect((await mutate(api, 'reportNotMe', { token: thirds })).codes).toEqual(['INVALID_TOKEN'])
  })

  test('takes no address from somebody who signed up with it meanwhile, shuts the account all the same, and promises no mail', async () => {
    const { owners } = await steal()
    const next = await createUser(api, { email: person.email })
    const report = await mutate(api, 'reportNotMe', { token: owners }, { fields: 'resetLinkSent' })
    expect(report).toMatchObject({ codes: [], resetLinkSent: false })
    expect([await emailOf(person.userId), await emailOf(next.userId)]).toEqual([newEmail, person.email])
    expect(await Promise.all([person.token, next.token].map(statusOf))).toEqual([401, 200])
    expect(await mailedToken(api, person.email, '/reset-password')).toBe('')
  })

  test('nor from somebody who signs up with it in the same moment', async () => {
    const { owners } = await steal()
    const report = await overtake(api, {
      held: ['insert into users (id, email) values (gen_random_uuid(), ?)', [person.email]],
      request: () => mutate(api, 'reportNotMe', { token: owners }, { fields: 'resetLinkSent' }),
      change: () => Promise.resolve(),
    })
    expect(report).toMatchObject({ status: 200, codes: [], resetLinkSent: false })
    expect(await emailOf(person.userId)).toBe(newEmail)
    expect(await statusOf(person.token)).toBe(401)
  })
})

test('neither address nor token is in any log record', async () => {
  const token = await askForToken()
  await confirm(token)
  const log = api.logLines.join('\n')
  for (const secret of [person.email, newEmail, token]) expect(log).not.toContain(secret)
})
