import { newId } from '@wellness/domain/newId'
import { HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import type { GraphQLAnswer } from '../../../testing/postDocument.ts'
import { createUser } from '../../../testing/createUser.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn, type SignInAnswer } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let email: string
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  email = (await createUser(api)).email
  await setPassword(api, { email, password: PASSWORD })
})

/** The kinds of address that a stranger must not be able to tell apart; each for a first try. */
async function strangersAddresses(): Promise<Record<string, string>> {
  const disabled = await createUser(api)
  await setPassword(api, { email: disabled.email, password: PASSWORD })
  await api.sql('update users set disabled_at = now() where id = ?', [disabled.userId])
  return {
    'a user with another password': email,
    nobody: `nobody-${newId()}@example.com`,
    'a user without a password': (await createUser(api)).email,
    'a disabled user, by the right password': disabled.email,
  }
}

/** What a stranger sees of an answer, but for what differs in any two. */
function seen({ status, headers, data, errors }: GraphQLAnswer<SignInAnswer>) {
  const names = [...headers].map(([name]) => name).filter((name) => name !== 'date')
  return { status, names, data, errors }
}

/**
 * Attack: a stranger tries addresses to learn who has an account here.
 */
test('S1: the answer, its status and its shape are the same for an unknown user and a wrong password', async () => {
  const answers = new Map<string, ReturnType<typeof seen>>()
  for (const [name, address] of Object.entries(await strangersAddresses())) {
    const password = name.startsWith('a disabled') ? PASSWORD : 'a wrong morning by the sea'
    answers.set(name, seen(await signIn(api, { email: address, password, clientAddress: '192.0.2.10' })))
  }
  const [first] = answers.values()
  expect(first).toMatchObject({
    status: 200,
    data: {
      signIn: {
        user: null,
        token: null,
        expiresAt: null,
        userErrors: [{ code: 'INVALID_CREDENTIALS', path: null, retryAfterSeconds: null }],
      },
    },
  })
  for (const [name, answer] of answers) expect(answer, name).toEqual(first)
})

test('S1: TOO_MANY_ATTEMPTS comes at the same try, with the same wait, for an unknown user and a wrong password', async () => {
  const answersByAddress = new Map<string, string[]>()
  for (const [name, address] of Object.entries(await strangersAddresses())) {
    const answers: string[] = []
    for (let i = 0; i < 7; i += 1) {
      const answer = await signIn(api, { email: address, password: 'wrong', clientAddress: '192.0.2.11' })
      // The wait shrinks while the test runs.
      answers.push(JSON.stringify(seen(answer)).replaceAll(/\b(8|9|10)\b/g, 'about ten'))
    }
    answersByAddress.set(name, answers)
  }
  const [first] = answersByAddress.values()
  expect(first?.map((answer) => /"code":"(\w+)"/.exec(answer)?.[1])).toEqual([
    ...Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'),
    'TOO_MANY_ATTEMPTS',
    'TOO_MANY_ATTEMPTS',
  ])
  for (const [name, answers] of answersByAddress) expect(answers, name).toEqual(first)
})

/**
 * Attack: a stranger measures the time of the answer instead of reading it.
 */
test('S2: the statements and the work of hashing are the same for an unknown user and a wrong password', async () => {
  const { bcryptPool } = api.app.services.identity
  const seenByAddress = new Map<string, unknown>()
  for (const [name, address] of Object.entries(await strangersAddresses())) {
    const earlier = api.statements.length
    const before = bcryptPool.work
    const password = name.startsWith('a disabled') ? PASSWORD : 'wrong'
    await signIn(api, { email: address, password, clientAddress: '192.0.2.12' })
    const hashes = bcryptPool.work.hashes - before.hashes
    const rounds = bcryptPool.work.rounds - before.rounds
    // The driver is given the address and ids as parts of the text.
    const statements = api.statements
      .slice(earlier)
      .map((sql) => sql.replaceAll(address, 'the address').replaceAll(/"[\w-]{36}"/g, 'an id'))
    seenByAddress.set(name, { hashes, rounds, statements })
  }
  const [first] = seenByAddress.values()
  expect(first).toMatchObject({
    hashes: 1,
    rounds: 2 ** 10,
    statements: [expect.stringContaining('users'), expect.stringContaining('add_job')],
  })
  for (const [name, work] of seenByAddress) expect(work, name).toEqual(first)
})

/** The failed sign-ins that the owner of an address is told of. */
function toldFailures(address: string): Promise<{ ip_address: string }[]> {
  return api.sql<{ ip_address: string }>(
    `select e.ip_address from security_events e join users u on u.id = e.user_id
    where u.email = ? and e.kind = 'SIGN_IN_FAILED' order by e.occurred_at`,
    [address],
  )
}

test('S2: a failed sign-in is told to the owner at once, by a job that leaves nothing for an address that is nobody’s', async () => {
  const nobody = `nobody-${newId()}@example.com`
  const counted =
    'select (select count(*) from users) as users, (select count(*) from security_events) as events'
  await api.worker.runDueJobs()
  await signIn(api, { email: nobody, password: 'wrong' })
  const before = await api.sql(counted)
  await api.worker.runDueJobs()
  expect(await api.sql(counted)).toEqual(before)

  await signIn(api, { email, password: 'wrong' })
  await api.worker.runDueJobs()
  expect(await toldFailures(email)).toHaveLength(1)
  expect(await api.sql('select 1 from graphile_worker.jobs')).toEqual([])
})

/**
 * Attack: whoever signed in as somebody else fails on purpose afterwards, until the list tells of nothing but failures.
 */
test('S2: of the failures of an hour the first is told, also when they are told side by side', async () => {
  api.clock.advance(HOUR - (api.clock.now().getTime() % HOUR))
  for (const clientAddress of ['192.0.2.20', '192.0.2.21', '192.0.2.22'])
    await signIn(api, { email, password: 'wrong', clientAddress })
  await api.worker.runDueJobs()
  api.clock.advance(HOUR - 1)
  await signIn(api, { email, password: 'wrong', clientAddress: '192.0.2.23' })
  await api.worker.runDueJobs()
  expect(await toldFailures(email)).toHaveLength(1)
  api.clock.advance(1)
  await signIn(api, { email, password: 'wrong', clientAddress: '192.0.2.24' })
  await api.worker.runDueJobs()
  const told = await toldFailures(email)
  expect(told).toHaveLength(2)
  expect(told[1]?.ip_address).toBe('192.0.2.24')
})

/**
 * Attack: while mail and jobs stand still, the owner takes another address, and whoever takes theirs is told of failures
 * that were not about them.
 */
test('R6: a failure is told to whom the address belonged when it happened', async () => {
  await signIn(api, { email, password: 'wrong' })
  const other = await createUser(api)
  await api.sql(`update users set email = 'moved-' || email where email = ?`, [email])
  await api.sql('update users set email = ? where email = ?', [email, other.email])
  await api.worker.runDueJobs()
  expect(await toldFailures(email)).toEqual([])
  expect(await toldFailures(`moved-${email}`)).toHaveLength(1)
})

/**
 * Attack: an outage of the database is waited for, or caused, so that people lock themselves out by their own tries.
 */
test('S4: a check that could not be carried out is no failed one', async () => {
  await api.sql('alter table users rename to users_away')
  for (let i = 0; i < 7; i += 1) {
    expect((await signIn(api, { email, password: PASSWORD })).errors?.[0]?.extensions.code).toBe(
      'INTERNAL_SERVER_ERROR',
    )
  }
  await api.sql('alter table users_away rename to users')
  expect((await signIn(api, { email, password: PASSWORD })).data.signIn.userErrors).toEqual([])
})

test('S1: every spelling of an address is the same address', async () => {
  const answer = await signIn(api, { email: `  ${email.toUpperCase()} `, password: PASSWORD })
  expect(answer.data.signIn.user).toMatchObject({ email })
})

/**
 * Attack: the answer or the log is read by somebody who must not know the password.
 */
test('the password and the token are in no answer to a refused sign-in, and in no log record', async () => {
  const wrong = await signIn(api, { email, password: 'a secret that is not the one' })
  const right = await signIn(api, { email, password: PASSWORD })
  const { token } = right.data.signIn
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(JSON.stringify(wrong)).not.toContain('a secret that is not the one')
  const log = api.logLines.join('\n')
  for (const secret of ['a secret that is not the one', PASSWORD, token, email])
    expect(log).not.toContain(secret)
})

test('a slip of the form is answered beside its field, and counts as no attempt', async () => {
  for (let i = 0; i < 10; i += 1) {
    const { data } = await signIn(api, { email: 'not an address', password: 'x' })
    expect(data.signIn.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['email'] }])
  }
  const { data } = await signIn(api, { email, password: '' })
  expect(data.signIn.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['password'] }])
})
