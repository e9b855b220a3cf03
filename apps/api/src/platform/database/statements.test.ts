import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { Statements } from './statements.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({ env: { DATABASE_POOL_MAX: '1' } })
})
afterAll(() => api.close())

const SUM = 'select $1::int + $2::int as sum'
const prepared = () => api.sql('select statement from pg_prepared_statements where statement = ?', [SUM])

test('a statement is prepared once a connection, and behind a pooler never', async () => {
  const pooled = new Statements(api.app.services.orm, { isPooled: true })
  expect(await pooled.run(SUM, [1, 2])).toEqual([{ sum: 3 }])
  expect(await prepared()).toEqual([])
  const direct = new Statements(api.app.services.orm, { isPooled: false })
  expect(await direct.run(SUM, [1, 2])).toEqual([{ sum: 3 }])
  expect(await direct.run(SUM, [3, 4])).toEqual([{ sum: 7 }])
  expect(await prepared()).toEqual([{ statement: SUM }])
})

test('values reach PostgreSQL as values, whatever stands in them', async () => {
  const direct = new Statements(api.app.services.orm, { isPooled: false })
  expect(await direct.run('select $1::text as text', [`'; select 1; -- ? $2`])).toEqual([
    { text: `'; select 1; -- ? $2` },
  ])
})

test('with a direct address beside it, DATABASE_URL is taken for a pooler', async () => {
  const url = api.env.DATABASE_URL
  for (const [direct, names] of [
    [url, 1],
    [`${url}?application_name=direct`, 0],
  ] as const) {
    const other = await createTestApi({
      env: { DATABASE_URL: url, DATABASE_URL_UNPOOLED: direct, DATABASE_POOL_MAX: '1' },
    })
    await other.request('{ me { id } }', {}, { token: 'a'.repeat(43) })
    expect(await other.sql('select 1 from pg_prepared_statements')).toHaveLength(names)
    await other.close()
  }
})
