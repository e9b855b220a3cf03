import { randomUUID } from 'node:crypto'
import { data } from '@remix-run/node'
import { ApiKeysDocument } from '@wellness/api-client/operations'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { askToSignIn } from '../../../../.server/askToSignIn.ts'
import type { RouteArgs } from '../../../../.server/loadContext.ts'
import { loadPage } from '../../../../.server/loadPage.ts'
import { takeFormNews } from '../../takeFormNews.server.ts'

export async function loadNewKey(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(ApiKeysDocument))
  if (!me) throw askToSignIn(args)
  const { kept, headers } = takeFormNews(args, me)
  const isFull = me.apiKeys.length >= API_KEYS_MAX
  return data({ userId: me.id, kept, isFull, clientKeyId: randomUUID() }, { headers })
}
