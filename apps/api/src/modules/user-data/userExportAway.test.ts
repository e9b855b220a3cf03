import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmLogins } from '../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({ operationTimeoutMs: 500 })
})
afterAll(() => api.close())

test('a copy that takes too long to begin is a TIMEOUT with 504, and none of our faults', async () => {
  const ada = await createUser(api)
  await confirmLogins(api, ada.userId)
  const locked = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const lock = api.app.services.orm.em.fork().transactional(async (em) => {
    await em.execute('lock table logins in access exclusive mode')
    locked.resolve()
    await letGo.promise
  })
  await locked.promise
  try {
    const response = await fetch(`${api.url}/export/account.json`, {
      headers: { authorization: `Bearer ${ada.token}` },
    })
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }
    expect([response.status, errors[0]?.extensions.code]).toEqual([504, 'TIMEOUT'])
  } finally {
    letGo.resolve()
    await lock
  }
})
