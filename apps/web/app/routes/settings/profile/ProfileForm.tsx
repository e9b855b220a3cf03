import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { FormState } from '../../../ui/formState.ts'
import { OwnForm } from '../OwnForm.tsx'

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
    <OwnForm userId={userId} state={state}>
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
    </OwnForm>
  )
}
