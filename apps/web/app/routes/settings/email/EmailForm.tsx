import { Form } from '@remix-run/react'
import { EmailField } from '../../../ui/EmailField.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import type { FormState } from '../../../ui/formState.ts'

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
    <Form method="post" noValidate className="grid gap-6">
      <FormErrors state={state} />
      <input type="hidden" name="userId" value={userId} />
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
    </Form>
  )
}
