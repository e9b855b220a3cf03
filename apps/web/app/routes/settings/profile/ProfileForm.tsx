import { Form } from '@remix-run/react'
import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { FormState } from '../../../ui/formState.ts'

/** What one may change about oneself. */
export function ProfileForm({
  userId,
  name,
  state,
}: {
  userId: string
  name: string
  state: FormState | undefined
}) {
  return (
    <Form method="post" noValidate className="grid gap-6">
      <FormErrors state={state} />
      <input type="hidden" name="userId" value={userId} />
      <TextField
        name="name"
        label="Name"
        hint={`What should we call you? Up to ${NAME_MAX_LENGTH} characters, or leave it empty.`}
        autoComplete="name"
        defaultValue={name}
        state={state}
      />
      <div>
        <SubmitButton busyText="Saving…">Save</SubmitButton>
      </div>
    </Form>
  )
}
