import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { completeSignUp } from '../../testing/completeSignUp.ts'
import { insertSessions } from '../../testing/sessions/insertSessions.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'
const [OLD, NEW] = [randomUUID() + randomUUID(), randomUUID() + randomUUID()]

let before: TestApi
/** Signs in while both secrets are known. */
let early: { userId: string; email: string; token: string }
/** Does not. */
let late: { userId: string; email: string; token: string }
let cursor: string
let linksOfBefore: URL[]
beforeAll(async () => {
  before = await createTestApi({ env: { AUTH_SECRET: OLD } })
  const createPerson = async () => {
    const person = await createUser(before)
    await setPassword(before, { email: person.email, password: PASSWORD })
    return person
  }
  ;[early, late] = [await createPerson(), await createPerson()]
  const startedAt = [1, 2, 3].map((day) => ({ startedAt: `2026-01-0${day}T08:00:00Z` }))
  await insertSessions(before, early.userId, startedAt)
  cursor = (await pageAfter(before, early.token, null)).edges[0]?.cursor ?? ''
  for (const name of ['one', 'two']) await requestSignUp(before, `began-before-${name}@example.com`)
  await before.worker.runDueJobs()
  linksOfBefore = before.mailbox.messages().map(({ links }) => new URL(links[0] ?? ''))
})
afterAll(() => before.close())

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** The API on the same stores, started anew with other secrets. */
async function startWith(...secrets: string[]): Promise<TestApi> {
  const api = await createTestApi({
    clock: before.clock,
    env: {
      AUTH_SECRET: secrets.join(','),
      DATABASE_URL: before.env.DATABASE_URL,
      REDIS_URL: before.env.REDIS_URL.join(','),
    },
  })
  cleanUps.push(() => api.close())
  return api
}

interface Page {
  edges: { cursor: string; node: { startedAt: string } }[]
}

async function pageAfter(api: TestApi, token: string, after: string | null): Promise<Page> {
  const { data, errors } = await api.request<{ me: { sessions: Page } }>(
    'query ($after: String) { me { sessions(first: 1, after: $after) { edges { cursor node { startedAt } } } } }',
    { after },
    { token },
  )
  if (errors) throw new Error(errors[0]?.extensions.code)
  return data.me.sessions
}

const statusOf = async (api: TestApi, token: string) =>
  (await api.request('{ me { id } }', {}, { token })).status
const hashOf = async (api: TestApi, { email }: { email: string }) =>
  (await api.sql<{ hash: string }>('select password_hash as hash from users where email = ?', [email]))[0]
    ?.hash
const tokenFrom = async (api: TestApi, email: string) =>
  (await signIn(api, { email, password: PASSWORD })).data.signIn.token

test('with new,old everything goes on: logins, passwords, cursors and links; a password that is used is made anew', async () => {
  const api = await startWith(NEW, OLD)
  expect(await statusOf(api, early.token)).toBe(200)
  expect((await pageAfter(api, early.token, cursor)).edges[0]?.node.startedAt).toMatch(/^2026-01-02/)
  expect((await completeSignUp(api, linksOfBefore[0] ?? '')).userErrors).toEqual([])

  const [hashBefore, lateBefore] = [await hashOf(api, early), await hashOf(api, late)]
  expect(await tokenFrom(api, early.email)).toMatch(/.{43}/)
  const hashAfter = await hashOf(api, early)
  expect(hashAfter).not.toBe(hashBefore)
  expect(hashAfter?.split(':')[1]).not.toBe(hashBefore?.split(':')[1])
  expect(await hashOf(api, late)).toBe(lateBefore)
  // A second sign-in finds nothing to renew.
  expect(await tokenFrom(api, early.email)).toMatch(/.{43}/)
  expect(await hashOf(api, early)).toBe(hashAfter)
})

test('then without the old: logins and links go on and who signed in meanwhile can; the others’ passwords and old cursors are lost', async () => {
  const api = await startWith(NEW)
  for (const { token } of [early, late]) expect(await statusOf(api, token)).toBe(200)
  expect(await tokenFrom(api, early.email)).toMatch(/.{43}/)
  const { data } = await signIn(api, { email: late.email, password: PASSWORD })
  expect(data.signIn).toMatchObject({ token: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
  await expect(pageAfter(api, early.token, cursor)).rejects.toThrow('BAD_USER_INPUT')
  expect((await completeSignUp(api, linksOfBefore[1] ?? '')).userErrors).toEqual([])
  const fresh = (await pageAfter(api, early.token, null)).edges[0]?.cursor ?? ''
  expect((await pageAfter(api, early.token, fresh)).edges).toHaveLength(1)
})

test('the old one put back, nothing is lost', async () => {
  const api = await startWith(NEW, OLD)
  expect(await tokenFrom(api, late.email)).toMatch(/.{43}/)
  expect((await pageAfter(api, early.token, cursor)).edges).toHaveLength(1)
})

test('the statement of the documentation tells how many passwords hang on each secret', async () => {
  const docs = readFileSync(`${import.meta.dirname}/../../../../../docs/operations.md`, 'utf8')
  const statement = /```sql\n(select split_part[\s\S]+?);?\n```/.exec(docs)?.[1] ?? ''
  const rows = await before.sql<{ secret: string; passwords: string }>(statement)
  expect(new Set(rows.map(({ secret }) => secret)).size).toBe(rows.length)
  expect(rows.reduce((sum, { passwords }) => sum + Number(passwords), 0)).toBe(4)
})
