import { CompleteSignUpDocument } from '@wellness/api-client/operations'
import { personName } from '@wellness/domain/personName'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { enter } from '../../../.server/enter.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { newPassword } from '../../../.server/newPassword.ts'
import { requireNewLogin } from '../../../.server/newLogin.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { linkToken } from '../../../features/mailed-links/linkToken.server.ts'

const schema = z.object({ token: linkToken, password: newPassword, name: personName })

/** Makes the account that the link was sent for, and signs its person in. */
export function completeSignUp(args: RouteArgs) {
  return submitForm(args, {
    schema,
    hidden: ['token'],
    async work({ token, password, name }) {
      const input = { token, password, name: name || null }
      const answer = await apiFor(args, null).request(CompleteSignUpDocument, { input })
      return enter(args, requireNewLogin(answer.completeSignUp), '/today')
    },
  })
}
