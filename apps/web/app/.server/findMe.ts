import { MeDocument } from '@wellness/api-client/operations'
import type { MeQuery } from '@wellness/api-client/operations'
import { apiFor } from './api.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'

/**
 * Who is signed in here, for pages that strangers may see too. A login that is over, or an API that is away, is no reason
 * to refuse those.
 */
export async function findMe(args: RouteArgs): Promise<MeQuery['me']> {
  const token = loginCookie.find(args.request, args.context.config)
  if (!token) return null
  const answer = await apiFor(args, token)
    .request(MeDocument)
    .catch(() => null)
  return answer?.me ?? null
}
