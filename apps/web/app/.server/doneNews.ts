import { redirect } from '@remix-run/node'
import { defineCookie } from './cookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** What was done, to be told once on the page that comes after it. */
type Done = 'new-password' | 'new-address' | 'locked-out'

const cookie = defineCookie('done', { maxAgeSeconds: 60 })

/**
 * Tells a page what was just done. Not by its address: a stranger's link could then say so of what never was, and people
 * believe what stands on our own pages.
 */
export const doneNews = {
  redirect(path: string, done: Done, { context }: RouteArgs, headers: [string, string][] = []) {
    const own: [string, string] = ['set-cookie', cookie.set(done, context.config)]
    return redirect(path, { headers: [...headers, own] })
  },

  /** Whether this was just done, and the header that forgets it: it is told once. */
  take({ request, context }: RouteArgs, done: Done): { isDone: boolean; headers: HeadersInit } {
    const isDone = cookie.find(request, context.config) === done
    return { isDone, headers: isDone ? { 'set-cookie': cookie.clear(context.config) } : {} }
  },
}
