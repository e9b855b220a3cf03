import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import type { RouteArgs } from './loadContext.ts'

/** Sends the person to the sign-in page, from where they come back to the page they were on. */
export function askToSignIn({ request }: RouteArgs, cookies: (string | null)[] = []): TypedResponse<never> {
  const { pathname, search } = new URL(request.url)
  const back = new URLSearchParams({ redirectTo: pathname + search })
  const headers = new Headers()
  for (const cookie of cookies) if (cookie) headers.append('set-cookie', cookie)
  return redirect(`/sign-in?${back}`, { headers })
}
