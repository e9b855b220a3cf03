import { ApiError } from '@wellness/api-client/apiError'
import { ConfirmEmailChangeDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../.server/api.ts'
import { doneNews } from '../../.server/doneNews.ts'
import { FormRefusal } from '../../.server/formRefusal.ts'
import { keepDevice } from '../../.server/keepDevice.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loginCookie } from '../../.server/loginCookie.ts'
import { isRefusedAgain, refusedLogin } from '../../.server/refusedLogin.ts'
import { submitForm } from '../../.server/submitForm.ts'
import { linkToken } from '../../features/mailed-links/linkToken.server.ts'

/**
 * Changes the address. With the login of this browser, if it has one, which goes on then; the link alone is enough, and a
 * login that is over must not stand in its way.
 */
export function confirmEmail(args: RouteArgs) {
  const login = loginCookie.find(args.request, args.context.config)
  return submitForm(args, {
    schema: z.object({ token: linkToken }),
    hidden: ['token'],
    async work(input) {
      const send = (token: string | null) =>
        apiFor(args, token).request(ConfirmEmailChangeDocument, { input })
      const { confirmEmailChange } = await send(login).catch((error: unknown) => {
        if (login === null || !(error instanceof ApiError && error.status === 401)) throw error
        if (!isRefusedAgain(args)) throw refusedLogin(args)
        return send(null)
      })
      FormRefusal.throwIfAny(confirmEmailChange.userErrors)
      return doneNews.redirect(
        '/confirm-email',
        'new-address',
        args,
        keepDevice(args, confirmEmailChange.deviceToken),
      )
    },
  })
}
