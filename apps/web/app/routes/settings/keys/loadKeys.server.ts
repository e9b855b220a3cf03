import { data } from '@remix-run/node'
import { ApiKeysDocument } from '@wellness/api-client/operations'
import { askToSignIn } from '../../../.server/askToSignIn.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadPage } from '../../../.server/loadPage.ts'
import { preferredLocale } from '../../../.server/preferredLocale.ts'
import { describeApiKey } from '../../../features/api-keys/describeApiKey.server.ts'
import { takeFormNews } from '../takeFormNews.server.ts'

/** The keys that act for the person, the newest first. */
export async function loadKeys(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(ApiKeysDocument))
  if (!me) throw askToSignIn(args)
  const locale = preferredLocale(args.request)
  const { kept, done, headers } = takeFormNews(args, me, 'key-revoked', 'key-shown-before', 'key-made-before')
  const keys = me.apiKeys.map((key) => describeApiKey(key, locale))
  return data(
    {
      userId: me.id,
      keys,
      /** The key that was to be revoked when its person had to sign in again. */
      waiting: keys.find(({ keyId }) => keyId === kept?.['keyId']) ?? null,
      done,
    },
    { headers },
  )
}
