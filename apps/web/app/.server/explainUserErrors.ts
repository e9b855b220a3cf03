import type { UserErrorFieldsFragment } from '@wellness/api-client/operations'
import type { FormState } from '../ui/formState.ts'
import { formatWait } from './formatWait.ts'

/** Puts each error of the API beside the field it is about, or above the form where it is about no single field. */
export function explainUserErrors(
  userErrors: UserErrorFieldsFragment[],
  fields: string[],
): Pick<FormState, 'fieldErrors' | 'formErrors' | 'codes'> {
  const fieldErrors: Record<string, string> = {}
  const formErrors: string[] = []
  for (const error of userErrors) {
    const field = error.path?.at(-1)
    if (error.code === 'TOO_MANY_ATTEMPTS') {
      formErrors.push(
        `Too many attempts for now. Please wait ${formatWait(error.retryAfterSeconds)}, then try again.`,
      )
    } else if (field && fields.includes(field)) {
      fieldErrors[field] ??= error.message
    } else {
      formErrors.push(error.message)
    }
  }
  return { fieldErrors, formErrors, codes: userErrors.map(({ code }) => code) }
}
