import { ButtonLink } from '../../../../ui/ButtonLink.tsx'
import { EmailField } from '../../../../ui/EmailField.tsx'
import { SubmitButton } from '../../../../ui/SubmitButton.tsx'
import type { FormState } from '../../../../ui/formState.ts'
import { OwnForm } from '../../OwnForm.tsx'

/** Has one's own address typed again, so that nobody deletes an account by a slip. */
export function DeleteForm({
  userId,
  hint,
  typed,
  state,
}: {
  userId: string
  hint: string
  typed: string
  state: FormState | undefined
}) {
  return (
    <OwnForm userId={userId} state={state}>
      <EmailField
        name="email"
        label="Type your e-mail address"
        hint={hint}
        autoComplete="off"
        defaultValue={typed}
        state={state}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" busyText="Deleting…">
          Delete my account for good
        </SubmitButton>
        <ButtonLink to="/settings/data" look="quiet">
          Keep it
        </ButtonLink>
      </div>
    </OwnForm>
  )
}
