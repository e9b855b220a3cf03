import { DAY, SECOND } from '@wellness/domain/time'
import { defineCookie } from './cookie.ts'

/**
 * Holds what lets the API know this device again, longer than any login: strangers who fail on purpose then keep its person
 * out no more, and a sign-in from it is no news. It signs nobody in, so it has a cookie of its own, which sign-out leaves.
 */
export const deviceCookie = defineCookie('device', { maxAgeSeconds: (365 * DAY) / SECOND })
