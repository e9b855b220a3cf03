import { request } from 'node:http'
import { HOUR, MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { completeSignUp } from '../../../testing/completeSignUp.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { PASSWORD, requestSignUp, requestSignUpLink } from '../../../testing/requestSignUp.ts'
import { fromClient, signIn } from '../../../testing/signIn.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(() => api.mailbox.clear())

/** A link for each of so many requests; the limit of mails an hour is another test's. */
async function requestLinks(email: string, count: number): Promise<URL[]> {
  const links: URL[] = []
  for (let i = 0; i < count; i += 1) {
    await passThrottleTime(api, HOUR)
    links.push(await requestSignUpLink(api, email))
  }
  return links
}

/** fetch would not let anybody choose the Host header. */
function requestFromHost(host: string, email: string): Promise<void> {
  const query = `mutation { requestSignUp(input: { email: "${email}" }) { userErrors { code } } }`
  return new Promise((resolve, reject) => {
    const headers = { host, 'x-forwarded-host': host, 'content-type': 'application/json' }
    request(`${api.url}/graphql`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(JSON.stringify({ query }))
  })
}

function codes({ userErrors }: { userErrors: { code: string }[] }): string[] {
  return userErrors.map(({ code }) => code)
}

/**
 * Attack: a stranger asks for sign-up links to learn who has an account: from the answer, or from how long it takes.
 */
test('A26, S3, R8: asking for a link is the same answer and the same statements for a known and an unknown address', async () => {
  const known = await createUser(api)
  const seen = []
  for (const email of [known.email, 'unknown@example.com']) {
    const earlier = api.statements.length
    const { status, data, errors } = await api.request(
      'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }',
      { input: { email } },
    )
    const statements = api.statements
      .slice(earlier)
      .map((sql) => sql.replaceAll(email, 'the address').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'an id'))
    seen.push({ status, data, errors, statements })
  }
  expect(seen[0]).toMatchObject({ status: 200, data: { requestSignUp: { userErrors: [] } } })
  expect(seen[0]?.statements).toHaveLength(1)
  expect(seen[1]).toEqual(seen[0])
})

/**
 * Attack: the same, by an account that is made and a link that is sent to its owner.
 */
test('S3: the owner of a known address is told by mail, with no secret in it, and nothing changes', async () => {
  const { email, userId } = await createUser(api)
  const before = await api.sql('select * from users where id = ?', [userId])
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await requestSignUp(api, email)
  await api.worker.runDueJobs()
  const [mail] = api.mailbox.messages()
  expect(mail?.to).toEqual([email])
  expect(mail?.links).toEqual(['http://localhost:3000/sign-in'])
  expect(await api.sql('select * from one_time_tokens where email = ?', [email])).toEqual([])
  expect(await api.sql('select * from users where id = ?', [userId])).toEqual(before)
})

/**
 * Attack: an account is prepared for another's address, with a password the attacker knows, and waits for its owner.
 */
test('S3: no user exists before the link is used, and the password is the one chosen then', async () => {
  const link = await requestSignUpLink(api, 'prepared@example.com')
  expect(await api.sql('select * from users where email = ?', ['prepared@example.com'])).toEqual([])
  await completeSignUp(api, link, { password: 'chosen by the owner' })
  const { data } = await signIn(api, { email: 'prepared@example.com', password: 'chosen by the owner' })
  expect(data.signIn.user).toMatchObject({ email: 'prepared@example.com' })
})

describe('R1: a link', () => {
  test('works once', async () => {
    const link = await requestSignUpLink(api, 'once@example.com')
    expect(codes(await completeSignUp(api, link))).toEqual([])
    expect(await completeSignUp(api, link)).toMatchObject({
      user: null,
      token: null,
      userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }],
    })
  })

  test('works for one hour', async () => {
    const inTime = await requestSignUpLink(api, 'in-time@example.com')
    const late = await requestSignUpLink(api, 'late@example.com')
    api.clock.advance(HOUR - 1)
    expect(codes(await completeSignUp(api, inTime))).toEqual([])
    api.clock.advance(1)
    expect(codes(await completeSignUp(api, late))).toEqual(['INVALID_TOKEN'])
  })

  test('is open beside at most two others, and asking for one voids none', async () => {
    const [first, , third] = await requestLinks('three@example.com', 3)
    await passThrottleTime(api, HOUR)
    api.mailbox.clear()
    await requestSignUp(api, 'three@example.com')
    await api.worker.runDueJobs()
    expect(api.mailbox.messages()).toEqual([])
    const open = await api.sql('select * from one_time_tokens where email = ?', ['three@example.com'])
    expect(open).toHaveLength(3)
    expect(codes(await completeSignUp(api, first ?? ''))).toEqual([])
    // Using one voids the others.
    expect(codes(await completeSignUp(api, third ?? ''))).toEqual(['INVALID_TOKEN'])
  })

  test('that is too old makes room for a new one', async () => {
    await requestLinks('room@example.com', 3)
    api.clock.advance(HOUR + MINUTE)
    const [link] = await requestLinks('room@example.com', 1)
    expect(codes(await completeSignUp(api, link ?? ''))).toEqual([])
  })

  test('is not used up by a password that is refused', async () => {
    const link = await requestSignUpLink(api, 'refused@example.com')
    expect(codes(await completeSignUp(api, link, { password: 'short' }))).toEqual(['PASSWORD_TOO_SHORT'])
    expect(codes(await completeSignUp(api, link))).toEqual([])
  })

  test.each(['', 'x', 'a'.repeat(43), `${'a'.repeat(42)}!`, 'a'.repeat(5_000)])(
    'with the made-up token %#: is refused, and nothing is hashed',
    async (token) => {
      const { hashes } = api.app.services.identity.bcryptPool.work
      expect(codes(await completeSignUp(api, token))).toEqual(['INVALID_TOKEN'])
      expect(api.app.services.identity.bcryptPool.work.hashes).toBe(hashes)
    },
  )

  /**
   * Attack: a request with a Host header of the attacker's, so that the mail's link leads to a copy of the site.
   */
  test('leads to AUTH_URL, whatever the request says of its host', async () => {
    await requestFromHost('evil.example', 'host@example.com')
    await api.worker.runDueJobs()
    const [mail] = api.mailbox.messages()
    expect(mail?.links).toHaveLength(1)
    expect(new URL(mail?.links[0] ?? '').origin).toBe(api.env.AUTH_URL)
    expect(mail?.raw).not.toContain('evil')
  })
})

test('a link whose address has a user by now makes no second one', async () => {
  const link = await requestSignUpLink(api, 'meanwhile@example.com')
  await createUser(api, { email: 'meanwhile@example.com' })
  expect(codes(await completeSignUp(api, link))).toEqual(['INVALID_TOKEN'])
})

/**
 * Attack: one link is used many times in the same instant.
 */
test('R1: of many that use one link at once, exactly one wins', async () => {
  for (let round = 0; round < 3; round += 1) {
    const email = `race-${round}@example.com`
    const link = await requestSignUpLink(api, email)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => completeSignUp(api, link)))
    expect(outcomes.filter(({ token }) => token !== null)).toHaveLength(1)
    expect(outcomes.flatMap(codes)).toEqual(Array.from({ length: 7 }, () => 'INVALID_TOKEN'))
    expect(await api.sql('select * from users where email = ?', [email])).toHaveLength(1)
  }
})

test('R1: of three links of one address that are used at once, exactly one wins, and none waits for ever', async () => {
  for (let round = 0; round < 3; round += 1) {
    const email = `links-${round}@example.com`
    const links = await requestLinks(email, 3)
    const outcomes = await Promise.all([...links, ...links].map((link) => completeSignUp(api, link)))
    expect(outcomes.filter(({ token }) => token !== null)).toHaveLength(1)
    expect(outcomes.flatMap(codes)).toEqual(Array.from({ length: 5 }, () => 'INVALID_TOKEN'))
    expect(await api.sql('select * from users where email = ?', [email])).toHaveLength(1)
    expect(
      await api.sql('select * from one_time_tokens where email = ? and used_at is null', [email]),
    ).toEqual([])
  }
})

/**
 * Attack: somebody's mailbox is flooded through us, by one machine or by many.
 */
test('S5: one client may ask for thirty mails an hour, whoever they are for', async () => {
  await passThrottleTime(api, HOUR)
  const headers = fromClient(api, '203.0.113.20')
  const answers = []
  for (let i = 0; i < 32; i += 1) answers.push(await requestSignUp(api, `flood-${i}@example.com`, headers))
  expect(answers.slice(0, 30).flat()).toEqual([])
  expect(answers.slice(30).flat()).toMatchObject([
    { code: 'TOO_MANY_ATTEMPTS' },
    { code: 'TOO_MANY_ATTEMPTS' },
  ])
  expect(answers[31]?.[0]?.retryAfterSeconds).toBeGreaterThan(3_000)
  expect(await requestSignUp(api, 'flood@example.com', fromClient(api, '203.0.113.21'))).toEqual([])
  await api.worker.runDueJobs()
})

test('R2: an address gets five mails an hour, and the answer never tells that it gets no more', async () => {
  const { email } = await createUser(api)
  for (let i = 0; i < 8; i += 1) {
    expect(await requestSignUp(api, email, fromClient(api, `203.0.113.${100 + i}`))).toEqual([])
  }
  await api.worker.runDueJobs()
  expect(api.mailbox.messages()).toHaveLength(5)
})

test('a new login ends the one that the request came with', async () => {
  const old = await createUser(api)
  const link = await requestSignUpLink(api, 'second@example.com')
  await completeSignUp(api, link, { token: old.token })
  expect((await api.request('{ me { id } }', {}, { token: old.token })).status).toBe(401)
})

test('neither address, token nor password is in any log record', async () => {
  const link = await requestSignUpLink(api, 'logged@example.com')
  await completeSignUp(api, link)
  const log = api.logLines.join('\n')
  for (const secret of ['logged@example.com', link.searchParams.get('token') ?? '', PASSWORD]) {
    expect(log).not.toContain(secret)
  }
})
