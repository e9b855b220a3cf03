import 'reflect-metadata'
import { Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { callers } from '../../testing/callers.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import type { RequestContext } from './requestContext.ts'
import { ForKeys } from './key-access/forKeys.ts'

const OPERATION_TIMEOUT_MS = 300

let statementsAfterwards = 0

@Resolver()
class SlowResolver {
  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Asks PostgreSQL for what takes long.' })
  async slow(@Ctx() { em }: RequestContext): Promise<boolean> {
    await em.execute('select pg_sleep(30) as a29')
    return true
  }

  @ForKeys('ANY')
  @Query(() => Boolean, {
    nullable: true,
    description: 'Asks PostgreSQL for many things that take a little.',
  })
  async many(@Ctx() { em }: RequestContext): Promise<boolean> {
    for (let i = 0; i < 100; i++) {
      await em.execute('select pg_sleep(0.05)')
      statementsAfterwards += 1
    }
    return true
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Never answers, and asks nobody.' })
  stuck(): Promise<boolean> {
    return new Promise(() => undefined)
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Meets a limit of PostgreSQL itself.' })
  async limited(@Ctx() { em }: RequestContext): Promise<boolean> {
    await em.transactional(async (trx) => {
      await trx.execute("set local statement_timeout = '50ms'")
      await trx.execute('select pg_sleep(30)')
    })
    return true
  }

  @ForKeys('ANY')
  @Mutation(() => Boolean, { nullable: true, description: 'Writes, and takes long over it.' })
  async slowWrite(@Ctx() { em }: RequestContext): Promise<boolean> {
    await em.transactional(async (trx) => {
      await trx.execute("insert into users (id, email) values (gen_random_uuid(), 'a29@example.com')")
      await trx.execute('select pg_sleep(30) as a29')
    })
    return true
  }
}

let api: TestApi
let token: string | null
const ask = (query: string) => api.request(query, {}, { token })
beforeAll(async () => {
  // Kysely prints that a statement was cancelled; the processes make records of it.
  vi.spyOn(console, 'error').mockReturnValue()
  api = await createTestApi({ extraResolvers: [SlowResolver], operationTimeoutMs: OPERATION_TIMEOUT_MS })
})
afterAll(() => api.close())

async function waitUntilNoneRuns(): Promise<void> {
  const running = () =>
    api.sql(
      "select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(30) as a29%' and pid <> pg_backend_pid()",
    )
  await expect.poll(running, { timeout: 2_000 }).toEqual([])
}

describe.each(callers)('sent by $name', ({ makeToken }) => {
  beforeAll(async () => {
    token = await makeToken(api)
  })

  /** A statement that goes on after its asker was sent away lets a few requests a second use up the database. */
  test('A29: a slow query is answered with TIMEOUT, and is cancelled in PostgreSQL', async () => {
    const start = performance.now()
    const answer = await ask('query Slow { slow }')
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(answer.status).toBe(504)
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'TIMEOUT', requestId: answer.headers.get('x-request-id') } },
    ])
    await waitUntilNoneRuns()
    expect(
      api.logLines.some((line) => line.includes('"operation":"Slow"') && line.includes('"status":504')),
    ).toBe(true)
  })

  test('A29: a slow mutation leaves nothing half done', async () => {
    const answer = await ask('mutation { slowWrite }')
    expect(answer.errors?.[0]?.extensions.code).toBe('TIMEOUT')
    await waitUntilNoneRuns()
    expect(await api.sql("select 1 from users where email = 'a29@example.com'")).toEqual([])
  })

  /** Many short statements would each stay below a limit on statements. */
  test('A29: an operation takes no more statements once its time is over', async () => {
    const answer = await ask('{ many }')
    expect(answer.errors?.[0]?.extensions.code).toBe('TIMEOUT')
    const count = statementsAfterwards
    api.statements.length = 0
    await api.sql('select pg_sleep(0.2)')
    expect(statementsAfterwards).toBe(count)
    expect(api.statements).toEqual(['select pg_sleep(0.2)'])
  })

  test('A29: an operation that waits for something else is answered, too', async () => {
    const answer = await ask('{ stuck }')
    expect(answer).toMatchObject({ status: 504, errors: [{ extensions: { code: 'TIMEOUT' } }] })
  })

  test("A29: a statement that meets PostgreSQL's own limit is a TIMEOUT of its field", async () => {
    const answer = await ask('{ limited }')
    expect(answer).toMatchObject({ status: 200, data: { limited: null } })
    expect(answer.errors).toMatchObject([{ path: ['limited'], extensions: { code: 'TIMEOUT' } }])
  })

  test('A29: PostgreSQL ends statements of this role after ten seconds, whoever forgot to', async () => {
    expect(await api.sql('show statement_timeout')).toEqual([{ statement_timeout: '10s' }])
  })

  test('the connections of cancelled statements serve the next request', async () => {
    await Promise.all(Array.from({ length: 12 }, () => ask('{ slow }')))
    expect((await ask('{ me { id } }')).status).toBe(200)
  })
})
