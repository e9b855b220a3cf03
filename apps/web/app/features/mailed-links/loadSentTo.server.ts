import { redirect } from '@remix-run/node'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { sentTo } from '../../.server/sentTo.ts'

/** Where a link was sent to; whoever has asked for none is led to the page that sends one. */
export function loadSentTo({ request, context }: RouteArgs, askingPath: string): { email: string } {
  const email = sentTo.find(request, context.config)
  if (email === null) throw redirect(askingPath)
  return { email }
}
