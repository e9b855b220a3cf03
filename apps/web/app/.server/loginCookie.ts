import { DAY, SECOND } from '@wellness/domain/time'
import { defineCookie } from './cookie.ts'
import type { ServerCookie } from './cookie.ts'

const cookie = defineCookie('login', { maxAgeSeconds: (30 * DAY) / SECOND })
/** What may be a token. The cookie is its sender's to write, and what it holds goes into a header. */
const TOKEN = /^[\w-]{1,256}$/

/** Holds the token of the login, and nothing else does. How long the login lasts is the API's to say. */
export const loginCookie: ServerCookie = {
  ...cookie,
  find(request, config) {
    const token = cookie.find(request, config)
    return token !== null && TOKEN.test(token) ? token : null
  },
}
