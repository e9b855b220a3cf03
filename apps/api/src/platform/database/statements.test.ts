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

test('reads go on after PostgreSQL has hung up', async () => {
  const statements = makeStatements(true)
  const pids = [await readPid(), await readPid()]
  expect(new Set(pids).size).toBe(2)
  await api.sql('select pg_terminate_backend(pid) from unnest(array[?]::int[]) as pid', [pids])
  // What is asked for before the end was noticed fails, and nothing after it.
  await expect.poll(() => readPid().catch(() => null)).not.toBeNull()
  expect(pids).not.toContain(await readPid())
  expect(pids).not.toContain(await readPid())

  async function readPid(): Promise<number | undefined> {
    return (await statements.read<{ pid: number }>('select pg_backend_pid() as pid', []))[0]?.pid
  }
})

test('reads that are asked for together are sent together, each with its own answer', async () => {
  const statements = makeStatements(true)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => statements.read<{ sum: number }>(SUM, [index, 1])),
  )
  expect(answers.map(([row]) => row?.sum)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  await expect(statements.read('select 1 / $1::int', [0])).rejects.toThrow('division by zero')
  expect(await statements.read(SUM, [1, 1])).toEqual([{ sum: 2 }])
})

test('a transaction is one: what threw leaves nothing behind', async () => {
  const statements = makeStatements(true)
  const insert = 'insert into users (id, email) values (gen_random_uuid(), $1)'
  const broken = statements.transaction(async (transaction) => {
    await transaction.run(insert, ['half-done@example.com'])
    throw new Error('on purpose')
  })
  await expect(broken).rejects.toThrow('on purpose')
  await statements.transaction((transaction) => transaction.run(insert, ['done@example.com']))
  expect(await api.sql("select email from users where email like '%done@example.com'")).toEqual([
    { email: 'done@example.com' },
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
    const named = String.raw`select 1 from pg_prepared_statements where statement ~ '^select to_json\(found\) as row from \(\s*select l\.id'`
    expect([...(await statements.read(named, [])), ...(await statements.read(named, []))]).toHaveLength(names)
    await other.close()
  }
})
