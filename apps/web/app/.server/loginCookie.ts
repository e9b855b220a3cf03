import { DAY, SECOND } from '@wellness/domain/time'
import { defineCookie } from './cookie.ts'

/** Holds the token of the login, and nothing else does. How long the login lasts is the API's to say. */
export const loginCookie = defineCookie('login', { maxAgeSeconds: (30 * DAY) / SECOND })
