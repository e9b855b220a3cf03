import { defineCookie } from './cookie.ts'

/** The address a link was sent to, so that a slip in it can be seen; in a cookie, since addresses of pages are logged. */
export const sentTo = defineCookie('sent-to', { maxAgeSeconds: 600 })
