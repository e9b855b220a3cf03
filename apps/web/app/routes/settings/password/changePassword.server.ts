import { ChangePasswordDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { keepLogin } from '../../../.server/keepLogin.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { requireNewLogin } from '../../../.server/newLogin.ts'
import { newPassword } from '../../../.server/newPassword.ts'
import { requireLogin } from '../../../.server/requireLogin.ts'
import { submitForm } from '../../../.server/submitForm.ts'

const schema = z.object({
  currentPassword: z.string().min(1, 'Enter the password you have now.'),
  newPassword,
})

/** Changes the password, which ends every other login and gives this one a new token. */
export async function changePassword(args: RouteArgs) {
  const token = requireLogin(args)
  return submitForm(args, {
    schema,
    async work(input) {
      const { changePassword } = await apiFor(args, token).request(ChangePasswordDocument, { input })
      const login = keepLogin(args, requireNewLogin(changePassword))
      return doneNews.redirect('/settings/password', 'password-changed', args, login)
    },
  })
}
