import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wellness/domain/limits'
import { PasswordField } from './PasswordField.tsx'
import type { FormState } from './formState.ts'

/** A password that is being chosen, with what makes a good one. */
export function NewPasswordField(props: { name: string; label: string; state: FormState | undefined }) {
  return (
    <PasswordField
      {...props}
      hint={`${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters of any kind. A few words with spaces between them are easy to remember.`}
      autoComplete="new-password"
    />
  )
}
