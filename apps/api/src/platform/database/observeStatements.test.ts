import { expect, test } from 'vitest'
import { createTestApi } from '../../testing/createTestApi.ts'

test('every request to PostgreSQL is counted, those of a transaction too', async () => {
  const api = await createTestApi()
  try {
    api.statements.length = 0
    await api.app.services.orm.em.fork().transactional((em) => em.execute('select ?::int', [1]))
    expect(api.statements).toEqual(['begin', 'select 1::int', 'commit'])
  } finally {
    await api.close()
  }
})
