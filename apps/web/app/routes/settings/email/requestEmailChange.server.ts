import { redirect } from '@remix-run/node'
import { RequestEmailChangeDocument } from '@wellness/api-client/generated/graphql'
import { emailAddress } from '@wellness/domain/emailAddress'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { defineSensitiveAct } from '../../../.server/sensitiveAct.ts'
import { sentTo } from '../../../.server/sentTo.ts'

const PATH = '/settings/email'

/** Has a link sent to another address. Nothing changes by it, so it is done right after the proof. */
export const requestEmailChange = defineSensitiveAct({
  path: PATH,
  fields: { newEmail: emailAddress },
  describe: ({ newEmail }) => `Then a link is sent to ${newEmail}.`,
  async perform({ context }, api, input) {
    const { requestEmailChange } = await api.request(RequestEmailChangeDocument, { input })
    FormRefusal.throwIfAny(requestEmailChange.userErrors)
    return redirect(`${PATH}?sent`, { headers: { 'set-cookie': sentTo.set(input.newEmail, context.config) } })
  },
})
