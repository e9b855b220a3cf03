import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { HOUR, MINUTE } from '@wellness/domain/time'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmLogins } from '../../testing/confirmLogins.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { mailsTo } from '../../testing/mailedLink.ts'
import { overtake } from '../../testing/overtake.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'
import { exportedTables } from './exportedTables.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let ada: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  ada = await createUser(api, { name: 'Ada Quine' })
  await confirmLogins(api, ada.userId)
})

type Exported = Record<string, Record<string, unknown>[]> & {
  manifest: {
    schemaVersion: number
    exportedAt: string
    user: string
    tables: Record<string, { rows: number; columns: string[] }>
  }
}

/** Attack: somebody found a key, which opens little, and takes everything. */
test('K8: a key of every scope gets no file', async () => {
  const key = await createApiKey(api, ada)
  const response = await download(key.token)
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  expect(await api.sql('select 1 from security_events where user_id = ?', [ada.userId])).toEqual([])
})

const download = (token: string | null = ada.token, init: RequestInit = {}) =>
  fetch(`${api.url}/export/account.json`, {
    ...init,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })

test('R7: everything about the person is in the file, counted in its manifest, and nothing about others', async () => {
  const eve = await createUser(api, { name: 'Eve Other' })
  await setPassword(api, { email: ada.email, password: PASSWORD })
  const { data } = await signIn(api, { email: ada.email, password: PASSWORD })
  const token = data.signIn.token ?? ''
  await api.sql(
    `insert into accounts (provider, provider_account_id, user_id, type, access_token) values ('example', 'subject-1', ?, 'oidc', 'provider-secret')`,
    [ada.userId],
  )
  const key = await createApiKey(api, ada)
  await createApiKey(api, eve)
  const live = await new SessionOperations(api, ada).startNew('Europe/Stockholm')
  await new SessionOperations(api, eve).startNew()
  await api.sql(
    `insert into one_time_tokens (id, purpose, token_hash, email, created_at, expires_at) values (?, 'SIGN_UP', ?, ?, ?, ?)`,
    [newId(), Buffer.from('hash'), ada.email, api.clock.now(), api.clock.now()],
  )
  // Eve asked for this address as hers: that is told by her file, and not by that of who reads the mail there.
  await api.sql(
    `insert into one_time_tokens (id, purpose, token_hash, email, user_id, auth_epoch, created_at, expires_at) values (?, 'EMAIL_CHANGE', ?, ?, ?, 0, ?, ?)`,
    [newId(), Buffer.from('eve’s'), ada.email, eve.userId, api.clock.now(), api.clock.now()],
  )

  const response = await download(token)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="wellness-account.json"')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const text = await response.text()
  const { manifest, ...tables } = JSON.parse(text) as Exported
  expect(manifest).toMatchObject({
    schemaVersion: 1,
    exportedAt: api.clock.now().toISOString(),
    user: publicId.from('user', ada.userId),
  })
  expect(Object.fromEntries(Object.entries(manifest.tables).map(([name, { rows }]) => [name, rows]))).toEqual(
    {
      users: 1,
      accounts: 1,
      api_keys: 1,
      logins: 2,
      one_time_tokens: 1,
      security_events: 2,
      session_metadata: 1,
    },
  )
  for (const [name, { rows, columns }] of Object.entries(manifest.tables)) {
    expect(tables[name]).toHaveLength(rows)
    for (const row of tables[name] ?? []) expect(Object.keys(row)).toEqual(columns)
  }
  expect(tables['users']).toMatchObject([{ name: 'Ada Quine', email: ada.email }])
  expect(tables['api_keys']).toMatchObject([
    { id: key.id, name: 'nightly export', scopes: ['PROFILE_READ', 'SESSIONS_READ', 'SESSIONS_WRITE'] },
  ])
  expect(tables['accounts']).toMatchObject([{ provider_account_id: 'subject-1' }])
  expect(tables['security_events']?.map(({ kind }) => kind)).toContain('DATA_EXPORTED')
  expect(tables['session_metadata']).toMatchObject([
    { id: live, status: 'RUNNING', time_zone: 'Europe/Stockholm', ended_at: null },
  ])
  expect(text).not.toContain(eve.email)
  expect(text).not.toContain(publicId.from('user', eve.userId))

  const [secrets] = await api.sql<{ password_hash: string; hashes: string[] }>(
    `select password_hash, array(select encode(token_hash, 'hex') from logins
      union all select encode(secret_hash, 'hex') from api_keys) as hashes from users where id = ?`,
    [ada.userId],
  )
  const hashes = secrets?.hashes ?? []
  const spelled = [...hashes, ...hashes.map((hash) => Buffer.from(hash, 'hex').toString('base64'))]
  for (const secret of [
    token,
    ada.token,
    key.token,
    secrets?.password_hash ?? '-',
    'provider-secret',
    ...spelled,
  ]) {
    expect(text).not.toContain(secret)
  }
})

/** What a table that nobody thought of would look like: a person's rows that no file has, or a column of them. */
async function findUnexported(): Promise<string[]> {
  const columns = await api.sql<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  )
  const ofPeople = new Set(
    columns
      .filter(({ table, column }) => table === 'users' || column === 'user_id' || column === 'email')
      .map(({ table }) => table),
  )
  const known = new Set(
    exportedTables.flatMap(({ name, columns: exported, withheld }) =>
      [...Object.keys(exported), ...withheld].map((column) => `${name}.${column}`),
    ),
  )
  return columns
    .filter(({ table, column }) => ofPeople.has(table) && !known.has(`${table}.${column}`))
    .map(({ table, column }) => `${table}.${column}`)
    .sort()
}

test('R7: no table and no column of a person’s is left out', async () => {
  expect(await findUnexported()).toEqual([])
  await api.sql('create table ratings (id uuid primary key, user_id uuid references users (id), stars int)')
  await api.sql('alter table users add column nickname text')
  try {
    expect(await findUnexported()).toEqual([
      'ratings.id',
      'ratings.stars',
      'ratings.user_id',
      'users.nickname',
    ])
  } finally {
    await api.sql('drop table ratings')
    await api.sql('alter table users drop column nickname')
  }
})

/**
 * Attack: whoever finds a device that was left open, or stole its token, takes a copy of everything.
 */
test('L8: without a recent proof there is no file, and nothing is written', async () => {
  api.clock.advance(5 * MINUTE)
  const response = await download()
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'REAUTHENTICATION_REQUIRED' } }],
  })
  expect(await api.sql('select 1 from security_events where user_id = ?', [ada.userId])).toEqual([])
  // Nor does it use up what its owner may take.
  for (let i = 0; i < 10; i += 1) await download()
  await confirmLogins(api, ada.userId)
  expect((await download()).status).toBe(200)
})

test.each([
  ['no token', null],
  ['a wrong token', 'nothing'],
])('%s is 401', async (_what, token) => {
  const response = await download(token)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
})

/**
 * Attack: a stolen login with a fresh proof uses the moment in which its owner ends it.
 */
test('L10: a login that ends while the request is under way gets no file', async () => {
  const response = await overtake(api, {
    held: ['select 1 from users where id = ? for update', [ada.userId]],
    request: () => download(),
    change: (tx) => tx.execute('delete from logins where user_id = ?', [ada.userId]),
  })
  expect(response.status).toBe(401)
})

test('only GET is taken, and a page of another origin is granted nothing', async () => {
  const post = await download(ada.token, { method: 'POST' })
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET'])
  expect((await download()).headers.get('access-control-allow-origin')).toBeNull()
})

/**
 * Attack: a copy of everything is taken with a stolen device, and its owner never hears of it.
 */
test('R4: the owner is told by mail that a copy was taken, and how to say that it was not them', async () => {
  await (await download()).text()
  const [mail] = (await mailsTo(api, ada.email)).filter(({ subject }) => /copy of your data/.test(subject))
  expect(mail?.links[0]).toMatch(/\/security\/not-me\?token=[\w-]{43}$/)
})

/**
 * Attack: the dearest answer there is, asked for without pause.
 */
test('ten files an hour are made for a person, and then none for a while', async () => {
  for (let i = 0; i < 10; i += 1) expect((await download()).status).toBe(200)
  const response = await download()
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(HOUR / 1_000)
})

/**
 * Attack: twenty thousand sessions, taken as slowly as a reader likes, fill the memory.
 */
test('R7: 20,000 sessions are read in pages, and no faster than they are taken', async () => {
  await api.sql(
    `insert into session_metadata (id, user_id, started_at, last_seen_at, ended_at, duration_seconds, time_zone, status)
    select gen_random_uuid(), ?, at, at, at, 0, 'UTC', 'COMPLETED'
    from (select now() - make_interval(mins => n) as at from generate_series(1, 20000) n) times`,
    [ada.userId],
  )
  const earlier = api.statements.length
  const pagesRead = () =>
    api.statements.slice(earlier).filter((sql) => sql.includes('session_metadata')).length
  const text = await new Promise<string>((resolve, reject) => {
    const options = { headers: { authorization: `Bearer ${ada.token}` } }
    const outgoing = httpRequest(`${api.url}/export/account.json`, options, (response) => {
      // Nothing is taken until the server has had the time to read on, if it did.
      setTimeout(() => {
        expect(pagesRead()).toBeLessThan(35)
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => (body += piece))
        response.on('end', () => resolve(body))
        response.on('error', reject)
      }, 300)
    })
    outgoing.on('error', reject).end()
  })
  const { manifest, session_metadata: sessions = [] } = JSON.parse(text) as Exported
  expect(manifest.tables['session_metadata']?.rows).toBe(20_000)
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(20_000)
  expect(pagesRead()).toBeGreaterThanOrEqual(40)
})

test('R7: an address that somebody else wanted to sign up with is no part of the file', async () => {
  await requestSignUp(api, 'another@example.com')
  await api.worker.runDueJobs()
  expect(await (await download()).text()).not.toContain('another@example.com')
})
