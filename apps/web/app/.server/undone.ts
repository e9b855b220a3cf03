import { defineCookie } from './cookie.ts'
import type { Kept } from './keptForm.ts'
import type { RouteArgs } from './loadContext.ts'

/** What a person had asked for when their login turned out to be over. */
export interface Undone {
  intent: string
  sessionId: string
}

const cookie = defineCookie('undone', { maxAgeSeconds: 600 })

/** Tells, after signing in, what was not done before it. Doing it then unasked could surprise: time has passed. */
export const undone = {
  set: ({ intent = '', sessionId = '' }: Record<string, string>, { context, request }: RouteArgs): Kept => ({
    id: null,
    cookie: cookie.set(`${intent.slice(0, 16)}:${sessionId.slice(0, 64)}`, context.config),
    path: new URL(request.url).pathname,
  }),

  /** Null also where it no longer holds: what was to end is over, or something runs already. */
  find({ request, context }: RouteArgs, live: { id: string } | null): Undone | null {
    const [, intent = '', sessionId = ''] =
      /^(start|replace|end|beat):(.*)$/.exec(cookie.find(request, context.config) ?? '') ?? []
    const stillHolds = intent === 'start' ? live === null : live !== null && live.id === sessionId
    return intent && stillHolds ? { intent, sessionId } : null
  },

  /** The header that forgets it; none where there is nothing to forget. */
  clear: ({ request, context }: RouteArgs): [string, string][] =>
    cookie.find(request, context.config) === null ? [] : [['set-cookie', cookie.clear(context.config)]],
}
