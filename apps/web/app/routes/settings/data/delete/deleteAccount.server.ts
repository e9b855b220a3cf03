import { DeleteUserDocument } from '@wellness/api-client/operations'
import { emailAddress } from '@wellness/domain/emailAddress'
import { deviceCookie } from '../../../../.server/deviceCookie.ts'
import { doneNews } from '../../../../.server/doneNews.ts'
import { FormRefusal } from '../../../../.server/formRefusal.ts'
import { loginCookie } from '../../../../.server/loginCookie.ts'
import { defineSensitiveAct } from '../../../../.server/sensitiveAct.ts'

/** Deletes the account. After a proof its page is shown once more: whoever typed a password has not yet said this. */
export const deleteAccount = defineSensitiveAct({
  path: '/settings/data/delete',
  fields: { email: emailAddress },
  describe: () => 'We’ll ask once more before anything is deleted.',
  isShownAgain: true,
  async perform(args, api, input) {
    const { deleteUser } = await api.request(DeleteUserDocument, { input })
    FormRefusal.throwIfAny(deleteUser.userErrors)
    return doneNews.redirect(
      '/goodbye',
      'account-deleted',
      args,
      [loginCookie, deviceCookie].map((cookie) => ['set-cookie', cookie.clear(args.context.config)]),
    )
  },
})
