import { HOUR, MINUTE } from '@wellness/domain/time'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip, gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { entities } from '../../entities.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createEmptyDatabase } from '../../testing/createEmptyDatabase.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { runProgram } from '../../testing/runProgram.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'
import { createOrm } from '../database/createOrm.ts'
import { migrateDatabase } from '../database/migrateDatabase.ts'
import { restoreBackup } from './restoreBackup.ts'
import { RestoreRefused } from './restoreRefused.ts'

const PASSWORD = 'a quiet morning by the sea'
/** What a COPY has to escape, and what breaks lines for some. */
const NAME = 'Ada\t\\N "quoted" \u2028 Lovelace 🌊'
const HISTORY =
  '{ me { name sessions(first: 10) { edges { cursor node { id startedAt endedAt durationSeconds status } } } } }'

let api: TestApi
let person: { userId: string; email: string; token: string; sessionId: string }
let history: unknown
let backup: Buffer
beforeAll(async () => {
  api = await createTestApi()
  const user = await createUser(api, { name: NAME })
  await setPassword(api, { email: user.email, password: PASSWORD })
  for (let day = 0; day < 3; day += 1) {
    await endSession(api, user.token, await startSession(api, user.token))
    api.clock.advance(HOUR)
  }
  person = { ...user, sessionId: await startSession(api, user.token) }
  history = (await api.request(HISTORY, {}, { token: user.token })).data
  await createApiKey(api, user)
  await requestSignUp(api, 'waiting@example.com')
  const made = await runProgram(api, 'backUp.ts')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  backup = made.stdout
})
afterAll(() => api.close())

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function startSession(where: TestApi, token: string): Promise<string> {
  const { data } = await where.request<{ startSession: { session: { id: string } } }>(
    'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } } }',
    { input: { clientSessionId: randomUUID(), timeZone: 'Europe/Stockholm' } },
    { token },
  )
  where.clock.advance(5 * MINUTE)
  return data.startSession.session.id
}

async function endSession(where: TestApi, token: string, id: string): Promise<void> {
  await where.request(
    'mutation ($input: EndSessionInput!) { endSession(input: $input) { userErrors { code } } }',
    { input: { id } },
    { token },
  )
}

async function createEmpty(): Promise<string> {
  const database = await createEmptyDatabase()
  cleanUps.push(() => database.drop())
  return database.url
}

async function restore(input: Buffer, databaseUrl: string) {
  const { code, stdout, stderr } = await runProgram(api, 'restore.ts', { input, databaseUrl })
  return { code, stdout: stdout.toString(), stderr }
}

/** Every row of every table, as text. */
async function contentsOf(url: string): Promise<Record<string, string[]>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables
      where schemaname = 'public' and tablename not like 'mikro_orm%'
        or schemaname = 'graphile_worker' and tablename like '\\_private%' order by 1`,
    )
    const contents: Record<string, string[]> = {}
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)
      contents[name] = found.rows.map(({ row }) => row)
    }
    return contents
  } finally {
    await client.end()
  }
}

test('a back-up restored into an empty database holds every row of the first but logins and API keys', async () => {
  const url = await createEmpty()
  const restored = await restore(backup, url)
  expect(restored).toMatchObject({ code: 0, stderr: '' })
  expect(restored.stdout).toMatch(/^Restored the back-up of \d{4}-/)
  const [before, after] = [await contentsOf(api.env.DATABASE_URL), await contentsOf(url)]
  for (const table of ['public.logins', 'public.api_keys']) expect(before[table], table).not.toEqual([])
  expect(after).toEqual({ ...before, 'public.logins': [], 'public.api_keys': [] })
  for (const table of ['public.users', 'public.session_metadata', 'graphile_worker._private_jobs']) {
    expect(after[table], table).not.toEqual([])
  }
})

test('after it, with an empty Redis, people sign in, find their history and running session, and waiting mail leaves', async () => {
  const url = await createEmpty()
  await restore(backup, url)
  const second = await createTestApi({
    clock: api.clock,
    env: { DATABASE_URL: url, DATABASE_URL_UNPOOLED: url, AUTH_SECRET: api.env.AUTH_SECRET.join(',') },
  })
  cleanUps.push(() => second.close())

  // Whoever was signed in is not any more: a login that was ended after the back-up must not live again.
  expect((await second.request(HISTORY, {}, { token: person.token })).status).toBe(401)
  const { data } = await signIn(second, { email: person.email, password: PASSWORD })
  const token = data.signIn.token ?? ''
  expect((await second.request(HISTORY, {}, { token })).data).toEqual(history)
  expect(JSON.stringify(history)).toContain('Lovelace')

  await endSession(second, token, person.sessionId)
  await startSession(second, token)
  // Ids of jobs go on behind the restored ones.
  await requestSignUp(second, 'new@example.com')
  await second.worker.runDueJobs()
  const mailed = second.mailbox.messages().map(({ to }) => to[0])
  // The sign-in, from a device that is not known, is told too.
  expect(mailed.toSorted()).toEqual(['new@example.com', person.email, 'waiting@example.com'])
})

test('a back-up that is damaged, cut short, foreign or of another version restores nothing', async () => {
  const url = await createEmpty()
  await migrateDatabase((address) => createOrm({ url: address, entities }), url)
  const text = gunzipSync(backup).toString()
  const lines = text.split('\n')
  const middle = lines.findIndex((line) => line.startsWith('COPY public.users')) + 1
  const refusals: [string, Buffer, string][] = [
    ['cut at a line', gzipSync(lines.slice(0, -2).join('\n')), 'cut short'],
    ['cut among rows', gzipSync(lines.slice(0, middle + 1).join('\n')), 'cut short'],
    ['no back-up', gzipSync('select 1;\n'), 'no back-up'],
    ['nothing', gzipSync(''), 'no back-up'],
    [
      'of another version',
      gzipSync(text.replace('"migrations":[', '"migrations":["Older",')),
      'another version',
    ],
    ['with a row that is none', gzipSync(lines.toSpliced(middle, 1, 'nonsense').join('\n')), 'does not take'],
    [
      'with a statement in it',
      gzipSync(text.replace(/^COPY public\.users/m, 'drop table users; COPY public.users')),
      'damaged',
    ],
  ]
  const client = new Client({ connectionString: url })
  await client.connect()
  cleanUps.push(() => client.end())
  for (const [name, input, says] of refusals) {
    const restored = restoreBackup(client, Readable.from([input]).pipe(createGunzip()))
    await expect(restored, name).rejects.toThrow(says)
    await expect(restored, name).rejects.toBeInstanceOf(RestoreRefused)
    expect(Object.values(await contentsOf(url)).flat(), name).toEqual([])
  }
})

test('a file that gzip finds damaged is said to be so, and restores nothing', async () => {
  const url = await createEmpty()
  for (const input of [backup.subarray(0, backup.length - 20), gunzipSync(backup)]) {
    const result = await restore(input, url)
    expect(result).toMatchObject({ code: 1, stdout: '' })
    expect(result.stderr).toMatch(
      /^Nothing was restored\. (unexpected end of file|incorrect header check)\n$/,
    )
    expect(Object.values(await contentsOf(url)).flat()).toEqual([])
  }
})

test('a database that holds anything is left as it is', async () => {
  const before = await contentsOf(api.env.DATABASE_URL)
  const result = await restore(backup, api.env.DATABASE_URL_UNPOOLED ?? '')
  expect(result).toMatchObject({ code: 1, stdout: '' })
  expect(result.stderr).toContain('The database is not empty')
  expect(await contentsOf(api.env.DATABASE_URL)).toEqual(before)
})
