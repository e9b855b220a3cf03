import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { defineCookie } from './cookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** What was done, or could not be, to be told once on the page that comes after it. */
export type Done =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'signed-out-and-keys-revoked'
  | 'new-password'
  | 'password-changed'
  | 'name-saved'
  | 'email-link-sent'
  | 'new-address'
  | 'device-ended'
  | 'others-ended'
  | 'others-and-keys-ended'
  | 'key-revoked'
  | 'key-shown-before'
  | 'key-made-before'
  | 'locked-out'
  | 'locked-out-without-link'
  | 'nothing-waits'
  | 'account-deleted'
  | 'has-account'
  | 'export-too-often'
  | 'export-away'

const cookie = defineCookie('done', { maxAgeSeconds: 60 })

/**
 * Tells a page what was just done. Not by its address: a stranger's link could then say so of what never was, and people
 * believe what stands on our own pages.
 */
export const doneNews = {
  redirect(
    path: string,
    done: Done,
    { context }: RouteArgs,
    headers: [string, string][] = [],
  ): TypedResponse<never> {
    const own: [string, string] = ['set-cookie', cookie.set(done, context.config)]
    return redirect(path, { headers: [...headers, own] })
  },

  /** Which of these was just done, and the header that forgets it: it is told once. */
  take<Wanted extends Done>(
    { request, context }: RouteArgs,
    ...wanted: Wanted[]
  ): { done: Wanted | null; headers: [string, string][] } {
    const told = cookie.find(request, context.config)
    const done = wanted.find((one) => one === told) ?? null
    return { done, headers: done === null ? [] : [['set-cookie', cookie.clear(context.config)]] }
  },
}
