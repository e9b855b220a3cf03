import { createApiKey } from './createApiKey.ts'
import type { TestApi } from './createTestApi.ts'
import { createUser } from './createUser.ts'

/** By whom an attack on the endpoint is sent that needs no credential: it has to fail with one as well. */
export const callers: { name: string; makeToken(api: TestApi): Promise<string | null> }[] = [
  { name: 'nobody', makeToken: () => Promise.resolve(null) },
  {
    name: 'an API key',
    async makeToken(api) {
      const { token } = await createApiKey(api, await createUser(api))
      // The first use of a minute is written down: what counts statements begins after it.
      await api.request('{ __typename }', {}, { token })
      return token
    },
  },
]
