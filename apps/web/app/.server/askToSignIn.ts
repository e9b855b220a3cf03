import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import type { Kept } from './keptForm.ts'
import type { RouteArgs } from './loadContext.ts'

/** Sends the person to the sign-in page, from where they come back to the page they were on, or to what was kept of it. */
export function askToSignIn(
  { request }: RouteArgs,
  kept?: Pick<Kept, 'cookie' | 'path'>,
): TypedResponse<never> {
  const { pathname, search } = new URL(request.url)
  const back = new URLSearchParams({ redirectTo: kept?.path ?? pathname + search })
  return redirect(`/sign-in?${back}`, { headers: kept?.cookie ? { 'set-cookie': kept.cookie } : {} })
}
