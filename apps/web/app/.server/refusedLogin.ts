import { createHash } from 'node:crypto'
import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { askToSignIn } from './askToSignIn.ts'
import { defineCookie } from './cookie.ts'
import type { Kept } from './keptForm.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'

/** Tells which token was refused last, by a fingerprint that opens nothing. */
const refusedCookie = defineCookie('refused', { maxAgeSeconds: 60 })

/**
 * What to answer when the API refused the login (401).
 *
 * The cookie is never cleared: another tab may have renewed it while this request was under way with the old one. So
 * the browser is first sent to the same address again, with its form if it had one, and reads its cookie anew. If the
 * very same token is refused a second time, the person is asked to sign in, and comes back.
 */
export function refusedLogin(args: RouteArgs, kept?: Pick<Kept, 'cookie' | 'path'>): TypedResponse<never> {
  if (isRefusedAgain(args)) return askToSignIn(args, kept)
  const { request, context } = args
  const { pathname, search } = new URL(request.url)
  // 307 keeps the method and the form; the API refuses a login before it does anything, so nothing is done twice.
  return redirect(pathname + search, {
    status: request.method === 'GET' ? 302 : 307,
    headers: { 'set-cookie': refusedCookie.set(fingerprint(args), context.config) },
  })
}

/** Whether the token of this request is one that was refused just before. */
export function isRefusedAgain(args: RouteArgs): boolean {
  return refusedCookie.find(args.request, args.context.config) === fingerprint(args)
}

function fingerprint({ request, context }: RouteArgs): string {
  const token = loginCookie.find(request, context.config) ?? ''
  return createHash('sha256').update(token).digest('base64url').slice(0, 12)
}
