import { afterAll, beforeAll, expect, test } from 'vitest'
import { entities } from '../../entities.ts'
import { cloneDatabase, type TestDatabase } from '../../testing/cloneDatabase.ts'
import { PostgresLine } from '../../testing/postgresLine.ts'
import { createOrm } from './createOrm.ts'

let database: TestDatabase
let line: PostgresLine
beforeAll(async () => {
  database = await cloneDatabase()
  line = await PostgresLine.open(database.url)
})
afterAll(async () => {
  await line.close()
  await database.drop()
})

test('connections that break within transactions leave their places in the pool, and its end waits for none', async () => {
  const orm = createOrm({ url: line.url, entities, poolMax: 2 })
  for (let broken = 0; broken < 5; broken += 1) {
    const work = orm.em.fork().transactional(async (tx) => {
      await tx.execute('select 1')
      line.cut()
      await tx.execute('select 2')
    })
    await expect(work).rejects.toThrow()
  }
  expect(await orm.em.fork().execute('select 3 as three')).toEqual([{ three: 3 }])
  await orm.close()
})
