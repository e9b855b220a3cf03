import { newId } from '@wellness/domain/newId'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { entities } from '../../entities.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { createOrm } from './createOrm.ts'
import { migrateDatabase } from './migrateDatabase.ts'

const name = `empty_${randomBytes(6).toString('hex')}`
const url = new URL(inject('postgresUrl'))
url.pathname = `/${name}`

const orm = createOrm({ url: url.href, entities })
let api: TestApi
beforeAll(async () => {
  await asAdmin(`create database ${name} template template0`)
  api = await createTestApi()
})
afterAll(async () => {
  await orm.close()
  await api.close()
  await asAdmin(`drop database ${name} with (force)`)
})

async function asAdmin(statement: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new Client({ connectionString: admin.href })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function tables(): Promise<string[]> {
  const rows = await orm.em.fork().execute<{ name: string }[]>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not like 'mikro_orm%' order by 1`,
  )
  return rows.map((row) => row.name)
}

const TABLES = [
  'accounts',
  'api_keys',
  'logins',
  'one_time_tokens',
  'security_events',
  'session_metadata',
  'users',
]

test('the migrations make of an empty PostgreSQL what the entities say, go down to nothing, and up again', async () => {
  for (let round = 0; round < 2; round += 1) {
    await orm.migrator.up()
    expect(await tables()).toEqual(TABLES)
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('')
    await orm.migrator.down({ to: 0 })
    expect(await tables()).toEqual([])
  }
})

test('a difference between tables and entities is seen', async () => {
  await orm.migrator.up()
  await orm.em.fork().execute('alter table users drop column image')
  expect(await orm.schema.getUpdateSchemaSQL()).toContain('image')
  await orm.migrator.down({ to: 0 })
})

test('migrating brings the job queue and a time limit on statements, and may be done twice', async () => {
  for (let round = 0; round < 2; round += 1) {
    await migrateDatabase((address) => createOrm({ url: address, entities }), url.href)
  }
  expect(await orm.schema.getUpdateSchemaSQL()).toBe('')
  expect(await orm.em.fork().execute('select * from graphile_worker.jobs')).toEqual([])
  const fresh = createOrm({ url: url.href, entities })
  expect(await fresh.em.fork().execute('show statement_timeout')).toEqual([{ statement_timeout: '10s' }])
  await fresh.close()
})

test('S8: a migrated database has no user', async () => {
  await migrateDatabase((address) => createOrm({ url: address, entities }), url.href)
  expect(await orm.em.fork().execute('select * from users')).toEqual([])
})

test('deleting a user removes their row in every table, and nobody else’s', async () => {
  const [gone, stays] = [await createUser(api), await createUser(api)]
  for (const { userId, email } of [gone, stays]) {
    await api.sql('insert into accounts (provider, provider_account_id, user_id, type) values (?, ?, ?, ?)', [
      'example',
      userId,
      userId,
      'oidc',
    ])
    await api.sql(
      `insert into one_time_tokens (id, purpose, token_hash, email, user_id, created_at, expires_at)
      values (?, 'TEST', ?, ?, ?, now(), now())`,
      [newId(), randomBytes(32), email, userId],
    )
    await createApiKey(api, { userId })
    await api.sql(
      `insert into security_events (id, user_id, kind, occurred_at) values (?, ?, 'SIGNED_IN', now())`,
      [newId(), userId],
    )
    await api.sql(
      `insert into session_metadata (id, user_id, started_at, last_seen_at, time_zone, status)
      values (?, ?, now(), now(), 'UTC', 'RUNNING')`,
      [newId(), userId],
    )
  }
  const owned = await api.sql<{ name: string }>(
    `select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'user_id' order by 1`,
  )
  expect(owned.map((table) => table.name)).toEqual(TABLES.filter((table) => table !== 'users'))
  const counts = (userId: string) =>
    Promise.all(
      owned.map(
        async (table) => (await api.sql(`select 1 from "${table.name}" where user_id = ?`, [userId])).length,
      ),
    )
  expect(await counts(gone.userId)).toEqual(owned.map(() => 1))
  await api.sql('delete from users where id = ?', [gone.userId])
  expect(await counts(gone.userId)).toEqual(owned.map(() => 0))
  expect(await counts(stays.userId)).toEqual(owned.map(() => 1))
})
