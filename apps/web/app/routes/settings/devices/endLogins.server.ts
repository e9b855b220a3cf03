import {
  RevokeAllLoginsDocument,
  RevokeLoginDocument,
  RevokeOtherLoginsDocument,
} from '@wellness/api-client/operations'
import { z } from 'zod'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { keepDevice } from '../../../.server/keepDevice.ts'
import { loginCookie } from '../../../.server/loginCookie.ts'
import { defineSensitiveAct } from '../../../.server/sensitiveAct.ts'

const PATH = '/settings/devices'

const descriptions = {
  one: 'The device you chose will be signed out.',
  others: 'Every other device will be signed out. This one stays signed in.',
  all: 'Every device will be signed out, including this one.',
}
const KEYS_TOO = 'All your API keys will be revoked.'

/** Ends one login, the others, or all of them; with others and all, every API key when that is chosen. */
export const endLogins = defineSensitiveAct({
  path: PATH,
  fields: {
    intent: z.enum(['one', 'others', 'all']),
    loginId: z.string().max(64).optional(),
    keysToo: z.literal('yes').optional(),
  },
  hidden: ['intent', 'loginId', 'keysToo'],
  describe: ({ intent, keysToo }) =>
    intent !== 'one' && keysToo ? `${descriptions[intent]} ${KEYS_TOO}` : descriptions[intent],
  async perform(args, api, { intent, loginId = '', keysToo }) {
    const input = { revokeApiKeys: keysToo === 'yes' }
    switch (intent) {
      case 'one': {
        const { revokeLogin } = await api.request(RevokeLoginDocument, { input: { id: loginId } })
        // One that has ended already is what was wanted.
        FormRefusal.throwIfAny(revokeLogin.userErrors.filter(({ code }) => code !== 'NOT_FOUND'))
        return doneNews.redirect(PATH, 'device-ended', args)
      }
      case 'others': {
        const { revokeOtherLogins } = await api.request(RevokeOtherLoginsDocument, { input })
        FormRefusal.throwIfAny(revokeOtherLogins.userErrors)
        return doneNews.redirect(
          PATH,
          keysToo ? 'others-and-keys-ended' : 'others-ended',
          args,
          // Those whose logins were ended are new devices from now on; this one is not.
          keepDevice(args, revokeOtherLogins.deviceToken),
        )
      }
      case 'all': {
        const { revokeAllLogins } = await api.request(RevokeAllLoginsDocument, { input })
        FormRefusal.throwIfAny(revokeAllLogins.userErrors)
        const done = keysToo ? 'signed-out-and-keys-revoked' : 'signed-out-everywhere'
        return doneNews.redirect('/sign-in', done, args, [
          ['set-cookie', loginCookie.clear(args.context.config)],
        ])
      }
    }
  },
})
