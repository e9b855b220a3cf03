import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { PipelinedReader } from './pipelinedReader.ts'
import { Statements } from './statements.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({ env: { DATABASE_POOL_MAX: '1' } })
})
afterAll(async () => {
  await Promise.all(made.map((statements) => statements.close()))
  await api.close()
})

const made: Statements[] = []
function makeStatements(isNamed: boolean): Statements {
  const reader = new PipelinedReader({ url: api.env.DATABASE_URL })
  const statements = new Statements(api.app.services.orm, reader, { isNamed })
  made.push(statements)
  return statements
}

const SUM = 'select $1::int + $2::int as sum'
const prepared = () => api.sql('select statement from pg_prepared_statements where statement = ?', [SUM])

test('a statement is prepared once a connection, and behind a pooler never', async () => {
  const pooled = makeStatements(false)
  expect(await pooled.run(SUM, [1, 2])).toEqual([{ sum: 3 }])
  expect(await prepared()).toEqual([])
  const direct = makeStatements(true)
  expect(await direct.run(SUM, [1, 2])).toEqual([{ sum: 3 }])
  expect(await direct.run(SUM, [3, 4])).toEqual([{ sum: 7 }])
  expect(await prepared()).toEqual([{ statement: SUM }])
})

test('values reach PostgreSQL as values, whatever stands in them', async () => {
  const direct = makeStatements(true)
  expect(await direct.run('select $1::text as text', [`'; select 1; -- ? $2`])).toEqual([
    { text: `'; select 1; -- ? $2` },
  ])
})

/** A pooler by its address alone must work: it refuses what the default must therefore not send. */
test('statements are named only where that is switched on', async () => {
  for (const [setting, names] of [
    ['', 0],
    ['off', 0],
    ['on', 1],
  ] as const) {
    const other = await createTestApi({ env: { DATABASE_NAMED_STATEMENTS: setting, DATABASE_POOL_MAX: '1' } })
    await other.request('{ me { id } }', {}, { token: 'a'.repeat(43) })
    // One after the other, and so on each of the connections that reads share.
    const { statements } = other.app.services
    const named = String.raw`select 1 from pg_prepared_statements where statement ~ '^\s*select l\.id'`
    expect([...(await statements.read(named, [])), ...(await statements.read(named, []))]).toHaveLength(names)
    await other.close()
  }
})
