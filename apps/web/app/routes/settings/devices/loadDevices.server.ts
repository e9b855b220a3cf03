import { data } from '@remix-run/node'
import { LoginsDocument } from '@wellness/api-client/operations'
import { askToSignIn } from '../../../.server/askToSignIn.ts'
import { describeMoment } from '../../../.server/describeMoment.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadPage } from '../../../.server/loadPage.ts'
import { preferredLocale } from '../../../.server/preferredLocale.ts'
import { describeApiKey } from '../../../features/api-keys/describeApiKey.server.ts'
import type { MomentText } from '../../../ui/Moment.tsx'
import { takeFormNews } from '../takeFormNews.server.ts'

/** A login as its page shows it. */
export interface Device {
  loginId: string
  name: string
  isThisOne: boolean
  lastUsed: MomentText
  since: MomentText
  address: string | null
}

/** Everything that can act as the person: this device first, then the one that was used last; and the API keys. */
export async function loadDevices(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(LoginsDocument))
  if (!me) throw askToSignIn(args)
  const locale = preferredLocale(args.request)
  const devices: Device[] = me.logins.map((login) => ({
    loginId: login.id,
    name: login.device ?? 'Unknown device',
    isThisOne: login.current,
    lastUsed: describeMoment(login.lastSeenAt, locale),
    since: describeMoment(login.createdAt, locale),
    address: login.ipAddress,
  }))
  const { kept, done, headers } = takeFormNews(
    args,
    me,
    'device-ended',
    'others-ended',
    'others-and-keys-ended',
  )
  return data(
    {
      userId: me.id,
      devices: devices.toSorted((one, other) => Number(other.isThisOne) - Number(one.isThisOne)),
      keys: me.apiKeys.map((key) => describeApiKey(key, locale)),
      /** What was asked for and could not be done yet. */
      waiting: kept && {
        intent: kept['intent'] ?? '',
        loginId: kept['loginId'] ?? '',
        keysToo: kept['keysToo'] === 'yes',
      },
      done,
    },
    { headers },
  )
}
