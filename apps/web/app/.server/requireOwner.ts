import { data } from '@remix-run/node'
import type { ApiClient } from '@wellness/api-client'
import { MeDocument } from '@wellness/api-client/operations'
import type { RouteArgs } from './loadContext.ts'

/**
 * Refuses a form that was shown to somebody else. A page stays open while another person signs in on the same browser, and
 * its form is then sent with the login of that person, whom it was not meant for. A token is one person's for good: what
 * is found here holds for whatever the same token, or one that it is renewed to, is used for after it.
 */
export async function requireOwner(args: RouteArgs, api: ApiClient, userId: string): Promise<void> {
  const { me } = await api.request(MeDocument)
  if (me?.id !== userId) throw data({ requestId: args.context.requestId }, { status: 409 })
}
