import 'reflect-metadata'
import { findFreePort } from '@wellness/embedded/freePort'
import { type PgBouncer, startPgBouncer } from '@wellness/embedded/pgBouncer'
import { Ctx, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ApiContext } from '../../context.ts'
import { cloneDatabase, type TestDatabase } from '../../testing/cloneDatabase.ts'
import { completeSignUp } from '../../testing/completeSignUp.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { requestSignUpLink } from '../../testing/requestSignUp.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { ForKeys } from '../graphql/key-access/forKeys.ts'

@Resolver()
class SlowResolver {
  @ForKeys('ANY')
  @Query(() => Boolean)
  async slow(@Ctx() { em }: ApiContext): Promise<boolean> {
    await em.execute('select pg_sleep(30) as behind_pooler')
    return true
  }
}

let database: TestDatabase
let pgBouncer: PgBouncer
let api: TestApi
beforeAll(async () => {
  // Kysely prints that a statement was cancelled; the processes make records of it.
  vi.spyOn(console, 'error').mockReturnValue()
  database = await cloneDatabase()
  pgBouncer = await startPgBouncer({ postgresUrl: database.directUrl, port: await findFreePort() })
  api = await createTestApi({
    env: { DATABASE_URL: pgBouncer.pooled(database.directUrl), DATABASE_URL_UNPOOLED: database.directUrl },
    extraResolvers: [SlowResolver],
    operationTimeoutMs: 2_000,
  })
})
afterAll(async () => {
  await api.close()
  await pgBouncer.stop()
  await database.drop()
})

test('behind PgBouncer in transaction mode people sign up by mail and practise', async () => {
  const { token } = await completeSignUp(api, await requestSignUpLink(api, 'pooled@example.com'))
  const sessions = new SessionOperations(api, { token: token ?? '' })
  const id = await sessions.startNew()
  expect(await sessions.refresh(id)).toMatchObject({ userErrors: [] })
  expect(await sessions.end(id)).toMatchObject({ session: { status: 'COMPLETED' }, userErrors: [] })
})

/**
 * Attack: a few requests a second whose statements go on after their asker was sent away use up the database. A pooler
 * gives its clients numbers of its own for processes, by which nothing can be cancelled but through itself.
 */
test('A29: behind PgBouncer a slow statement is cancelled in PostgreSQL', async () => {
  expect((await api.request('{ slow }')).errors?.[0]?.extensions.code).toBe('TIMEOUT')
  const running = () =>
    api.sql(
      "select 1 from pg_stat_activity where state = 'active' and query like '%as behind_pooler' and pid <> pg_backend_pid()",
    )
  await expect.poll(running, { timeout: 2_000 }).toEqual([])
})

test('behind PgBouncer the limit of the role on statements holds', async () => {
  expect(await api.sql('show statement_timeout')).toEqual([{ statement_timeout: '10s' }])
})
