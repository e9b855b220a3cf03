import { createApp } from '../app.ts'
import type { ApiEnv } from '../env.ts'
import type { TestApi } from './createTestApi.ts'
import { postDocument, type RequestOptions } from './postDocument.ts'
import { untilReady } from './untilReady.ts'

/** Another process of an API: over the same stores and with the same clock, and with nothing else in common. */
export async function startSibling(api: TestApi, extraEnv: Partial<ApiEnv> = {}): Promise<TestApi> {
  const env = { ...api.env, ...extraEnv }
  const { clock } = api
  const { logger } = api.app.services
  const statements: string[] = []
  const onStatement = (sql: string) => void statements.push(sql)
  const app = await createApp(env, { clock, logger, onStatement, runsBeforeHot: 0 })
  const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
  await untilReady(app.services.redis)
  return {
    ...api,
    app,
    env,
    url,
    statements,
    request: <Data>(query: string, variables: Record<string, unknown> = {}, options: RequestOptions = {}) =>
      postDocument<Data>(url, { query, variables }, options),
    close: () => app.close(),
  }
}
