import { DAY } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailedToken, mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const OLD = 'a quiet morning by the sea'
const THIEFS = 'an evening in the high hills'
const OWNERS = 'nobody else knows this one'
const PAGE = '/security/not-me'

let api: TestApi
let owner: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await passThrottleTime(api, 2 * DAY)
  owner = await createUser(api)
  await setPassword(api, { email: owner.email, password: OLD })
})

const report = (token: string) => mutate(api, 'reportNotMe', { token })
const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status
const tokenFor = async (email: string, password: string) =>
  (await signIn(api, { email, password })).data.signIn.token

/** A thief who knows the password changes it; the owner has the notice. */
async function steal(): Promise<{ thiefsToken: string; noticeToken: string }> {
  const { token } = await mutate(
    api,
    'changePassword',
    { currentPassword: OLD, newPassword: THIEFS },
    { token: owner.token, fields: 'token' },
  )
  return { thiefsToken: token ?? '', noticeToken: await mailedToken(api, owner.email, PAGE) }
}

/**
 * Attack: a thief knows the password, changes it, and is signed in.
 */
describe('R4: "this was not me"', () => {
  test('ends every login, makes the thief’s password useless, and gives the owner a way back in', async () => {
    const { thiefsToken, noticeToken } = await steal()
    expect(await statusOf(thiefsToken)).toBe(200)
    const answer = await mutate(api, 'reportNotMe', { token: noticeToken }, { fields: 'resetLinkSent' })
    expect(answer).toMatchObject({ codes: [], resetLinkSent: true })
    expect(await statusOf(thiefsToken)).toBe(401)
    expect(await tokenFor(owner.email, THIEFS)).toBeNull()

    const token = await mailedToken(api, owner.email, '/reset-password')
    expect((await mutate(api, 'resetPassword', { token, password: OWNERS })).codes).toEqual([])
    expect(await tokenFor(owner.email, OWNERS)).not.toBeNull()
    const events = await api.sql<{ kind: string }>(
      'select kind from security_events where user_id = ? order by id',
      [owner.userId],
    )
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['PASSWORD_CHANGED', 'NOT_ME_REPORTED', 'PASSWORD_RESET_REQUESTED']),
    )
  })

  test('works once', async () => {
    const { noticeToken } = await steal()
    expect((await report(noticeToken)).codes).toEqual([])
    expect((await report(noticeToken)).codes).toEqual(['INVALID_TOKEN'])
  })

  test('works for seven days, whatever the thief does to end logins and links meanwhile', async () => {
    const { noticeToken } = await steal()
    await api.sql('update users set auth_epoch = auth_epoch + 3 where id = ?', [owner.userId])
    api.clock.advance(7 * DAY - 1)
    expect((await report(noticeToken)).codes).toEqual([])
  })

  test('is too old after seven days', async () => {
    const { noticeToken } = await steal()
    api.clock.advance(7 * DAY)
    expect((await report(noticeToken)).codes).toEqual(['INVALID_TOKEN'])
    expect(await tokenFor(owner.email, THIEFS)).not.toBeNull()
  })

  test('changes nothing before it is said: the link alone is no report', async () => {
    const { thiefsToken } = await steal()
    expect((await mailsTo(api, owner.email)).map(({ subject }) => subject)).toEqual([
      'Your password was changed',
    ])
    expect(await statusOf(thiefsToken)).toBe(200)
  })

  test('leaves other people alone', async () => {
    const other = await createUser(api)
    await report((await steal()).noticeToken)
    expect(await statusOf(other.token)).toBe(200)
  })
})

/**
 * Attack: the thief asks for so many reset links in the owner's name that the one that the owner is owed is not sent.
 */
test('R4: the reset mail that follows is sent, however many were asked for before', async () => {
  for (let i = 0; i < 6; i += 1) {
    await mutate(api, 'requestPasswordReset', { email: owner.email })
    await api.worker.runDueJobs()
  }
  const { noticeToken } = await steal()
  api.mailbox.clear()
  await report(noticeToken)
  const token = await mailedToken(api, owner.email, '/reset-password')
  const [mail] = api.mailbox.messages().filter(({ to }) => to.includes(owner.email))
  expect(mail?.text).toContain('Until you choose a new password you cannot sign in')
  expect(mail?.text).not.toContain('old one still works')
  expect((await mutate(api, 'resetPassword', { token, password: OWNERS })).codes).toEqual([])
})

test.each(['', 'x', 'a'.repeat(43)])('the made-up token %j reports nothing', async (token) => {
  expect(await report(token)).toMatchObject({ userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }] })
})
