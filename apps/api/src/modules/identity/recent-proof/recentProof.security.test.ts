import 'reflect-metadata'
import { MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSchema } from '../../../schema.ts'
import { completeSignUp } from '../../../testing/completeSignUp.ts'
import { confirmIdentity } from '../../../testing/confirmIdentity.ts'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { findMutationCalls } from '../../../testing/mutationCalls.ts'
import { overtake } from '../../../testing/overtake.ts'
import { requestSignUpLink } from '../../../testing/requestSignUp.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'
import { RECENT_PROOF_MS } from './recentProof.ts'

const PASSWORD = 'a quiet morning by the sea'

/** What cannot be taken back, or would shut the owner out. Changing the password is its own proof. */
const PROVEN = [
  'createApiKey',
  'deleteUser',
  'requestEmailChange',
  'revokeAllLogins',
  'revokeLogin',
  'revokeOtherLogins',
  'unlinkAccount',
]

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

const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status

async function endOthers(token: string): Promise<{ status: number; codes: string[] }> {
  const { status, data } = await api.request<{
    revokeOtherLogins: { userErrors: { code: string }[] }
  } | null>('mutation { revokeOtherLogins { userErrors { code } } }', {}, { token })
  return { status, codes: data?.revokeOtherLogins.userErrors.map(({ code }) => code) ?? [] }
}

/**
 * Attack: whoever finds a device that was left open, or stole its token, shuts the owner out for good.
 */
describe('L8: a recent proof of identity', () => {
  const calls = findMutationCalls(createSchema())

  test('is asked for by these mutations and no others', () => {
    const declared = calls.filter(({ needsRecentProof }) => needsRecentProof).map(({ name }) => name)
    expect(declared.toSorted()).toEqual(PROVEN)
  })

  test.each(calls.filter(({ needsRecentProof }) => needsRecentProof))(
    '$name refuses without it, before anything but who is asking is looked up',
    async ({ name, document, variables }) => {
      const earlier = api.statements.length
      const { data } = await api.request(document, variables, { token: person.token })
      expect(data[name]).toMatchObject({ userErrors: [{ code: 'REAUTHENTICATION_REQUIRED' }] })
      expect(api.statements.slice(earlier)).toHaveLength(1)
      const anonymous = await api.request(document, variables)
      expect(anonymous.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    },
  )

  test.each(calls.filter(({ name, needsRecentProof }) => !needsRecentProof && name !== 'confirmIdentity'))(
    '$name asks for none',
    async ({ document, variables }) => {
      const answer = await api.request(document, variables, { token: person.token })
      expect(JSON.stringify(answer)).not.toContain('REAUTHENTICATION_REQUIRED')
    },
  )

  test('is five minutes long, by the server’s clock', async () => {
    const { token } = await confirmIdentity(api, person.token, { password: PASSWORD })
    expect(RECENT_PROOF_MS).toBe(5 * MINUTE)
    api.clock.advance(5 * MINUTE - 1)
    expect((await endOthers(token ?? '')).codes).toEqual([])
    api.clock.advance(1)
    expect((await endOthers(token ?? '')).codes).toEqual(['REAUTHENTICATION_REQUIRED'])
  })

  test('is given by a sign-in and by a sign-up, for the same five minutes', async () => {
    const { data } = await signIn(api, { email: person.email, password: PASSWORD })
    const { token } = await completeSignUp(api, await requestSignUpLink(api, 'new-here@example.com'))
    const tokens = [data.signIn.token ?? '', token ?? '']
    for (const proven of tokens) expect((await endOthers(proven)).codes).toEqual([])
    api.clock.advance(5 * MINUTE)
    for (const late of tokens) expect((await endOthers(late)).codes).toEqual(['REAUTHENTICATION_REQUIRED'])
  })

  test('counts for the login it was given to, and for no other of the same person', async () => {
    const { data } = await signIn(api, { email: person.email, password: PASSWORD })
    expect((await endOthers(person.token)).codes).toEqual(['REAUTHENTICATION_REQUIRED'])
    expect(await statusOf(data.signIn.token)).toBe(200)
  })

  /**
   * Attack: a stolen login with a fresh proof uses the moment in which its owner ends it.
   */
  test.each([
    ['was ended', 'delete from logins where user_id = ?', 401],
    ['fell behind its user’s epoch', 'update users set auth_epoch = auth_epoch + 1 where id = ?', 401],
    ['lost its user, who was disabled', 'update users set disabled_at = now() where id = ?', 401],
    ['lost its proof', 'update logins set confirmed_at = null where user_id = ?', 200],
  ])('does not outlive a login that %s while the request was under way', async (_what, statement, status) => {
    await confirmLogins(api, person.userId)
    // Between the look at who is asking and the transaction.
    const answer = await overtake(api, {
      held: ['select 1 from users where id = ? for update', [person.userId]],
      request: () => endOthers(person.token),
      change: (tx) => tx.execute(statement, [person.userId]),
    })
    expect(answer.status).toBe(status)
    expect(answer.codes).toEqual(status === 200 ? ['REAUTHENTICATION_REQUIRED'] : [])
    expect(await api.sql('select kind from security_events where user_id = ?', [person.userId])).toEqual([])
  })
})
