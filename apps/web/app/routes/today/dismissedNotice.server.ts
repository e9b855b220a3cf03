import { DAY, SECOND } from '@wellness/domain/time'
import { defineCookie } from '../../.server/cookie.ts'

/** The session whose lapsing its person has taken note of. */
export const dismissedNotice = defineCookie('dismissed-notice', { maxAgeSeconds: (2 * DAY) / SECOND })
