import { CompleteSignUpDocument } from '@wellness/api-client/generated/graphql'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wellness/domain/limits'
import { personName } from '@wellness/domain/personName'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { enter } from '../../../.server/enter.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { requireNewLogin } from '../../../.server/newLogin.ts'
import { submitForm } from '../../../.server/submitForm.ts'

/** Counted as the API counts: code points of the normalised text. */
const lengthOf = (text: string) => [...text.normalize('NFC')].length

const schema = z.object({
  token: z.string().min(1).max(512),
  password: z
    .string()
    .refine(
      (text) => lengthOf(text) >= PASSWORD_MIN_LENGTH,
      `Choose a password of at least ${PASSWORD_MIN_LENGTH} characters.`,
    )
    .refine(
      (text) => lengthOf(text) <= PASSWORD_MAX_LENGTH,
      `Choose a password of at most ${PASSWORD_MAX_LENGTH} characters.`,
    ),
  name: personName,
})

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
