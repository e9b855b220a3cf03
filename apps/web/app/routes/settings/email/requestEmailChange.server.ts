import { RequestEmailChangeDocument } from '@wellness/api-client/operations'
import { emailAddress } from '@wellness/domain/emailAddress'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { defineSensitiveAct } from '../../../.server/sensitiveAct.ts'
import { sentTo } from '../../../.server/sentTo.ts'

const PATH = '/settings/email'

/** Has a link sent to another address. Nothing changes by it, so it is done right after the proof. */
export const requestEmailChange = defineSensitiveAct({
  path: PATH,
  fields: { newEmail: emailAddress },
  describe: ({ newEmail }) => `We’ll send a link to ${newEmail}.`,
  async perform(args, api, input) {
    const { requestEmailChange } = await api.request(RequestEmailChangeDocument, { input })
    FormRefusal.throwIfAny(requestEmailChange.userErrors)
    return doneNews.redirect(PATH, 'email-link-sent', args, [
      ['set-cookie', sentTo.set(input.newEmail, args.context.config)],
    ])
  },
})
