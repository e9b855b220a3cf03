import { redirect } from '@remix-run/node'
import { DeleteUserDocument } from '@wellness/api-client/generated/graphql'
import { emailAddress } from '@wellness/domain/emailAddress'
import { deviceCookie } from '../../../../.server/deviceCookie.ts'
import { FormRefusal } from '../../../../.server/formRefusal.ts'
import { loginCookie } from '../../../../.server/loginCookie.ts'
import { defineSensitiveAct } from '../../../../.server/sensitiveAct.ts'

/** Deletes the account. After a proof its page is shown once more: whoever typed a password has not yet said this. */
export const deleteAccount = defineSensitiveAct({
  path: '/settings/data/delete',
  fields: { email: emailAddress },
  describe: () => 'Then you are asked once more before anything is deleted.',
  isShownAgain: true,
  async perform({ context }, api, input) {
    const { deleteUser } = await api.request(DeleteUserDocument, { input })
    FormRefusal.throwIfAny(deleteUser.userErrors)
    return redirect('/goodbye', {
      headers: [loginCookie, deviceCookie].map((cookie) => ['set-cookie', cookie.clear(context.config)]),
    })
  },
})
