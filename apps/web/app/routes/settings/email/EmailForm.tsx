import { EmailField } from '../../../ui/EmailField.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import type { FormState } from '../../../ui/formState.ts'
import { OwnForm } from '../OwnForm.tsx'

/** Asks for another address. */
export function EmailForm({
  userId,
  newEmail,
  state,
}: {
  userId: string
  newEmail: string
  state: FormState | undefined
}) {
  return (
    <OwnForm userId={userId} state={state}>
      <EmailField
        name="newEmail"
        label="New e-mail address"
        hint="We’ll send a link there, and let your current address know. Nothing changes until you use the link."
        autoComplete="email"
        defaultValue={newEmail}
        state={state}
      />
      <div>
        <SubmitButton busyText="Sending the link…">Send the link</SubmitButton>
      </div>
    </OwnForm>
  )
}
