import { data } from '@remix-run/node'
import { ApiKeysDocument } from '@wellness/api-client/operations'
import { askToSignIn } from '../../../../.server/askToSignIn.ts'
import { doneNews } from '../../../../.server/doneNews.ts'
import type { RouteArgs } from '../../../../.server/loadContext.ts'
import { loadPage } from '../../../../.server/loadPage.ts'
import { newKeySecret } from '../newKeySecret.server.ts'
import { curlExample } from './curlExample.ts'

/** The key that was just made, for the only time; and to nobody but its owner, whoever signed in since on this device. */
export async function loadMadeKey(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(ApiKeysDocument))
  if (!me) throw askToSignIn(args)
  const made = newKeySecret.find(args)
  const key = me.apiKeys.find(({ id }) => id === made?.keyId)
  const forget = newKeySecret.forget(args)
  const { done, headers } = doneNews.take(args, 'key-made-before')
  if (!made || !key) throw doneNews.redirect('/settings/keys', done ?? 'key-shown-before', args, [forget])
  const { publicApiUrl } = args.context.config
  return data(
    {
      name: key.name,
      secret: made.secret,
      example: curlExample(`${publicApiUrl}/graphql`, key.scopes),
      schemaUrl: `${publicApiUrl}/schema.graphql`,
    },
    { headers: [...headers, forget] },
  )
}
