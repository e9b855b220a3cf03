import { API_KEY_NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { scopeTexts } from '../../../../features/api-keys/scopeTexts.ts'
import { ButtonLink } from '../../../../ui/ButtonLink.tsx'
import { Choices } from '../../../../ui/Choices.tsx'
import { SubmitButton } from '../../../../ui/SubmitButton.tsx'
import { TextField } from '../../../../ui/TextField.tsx'
import type { FormState } from '../../../../ui/formState.ts'
import { OwnForm } from '../../OwnForm.tsx'
import { expiries } from './expiries.ts'
import type { Expiry } from './expiries.ts'

const DEFAULT_EXPIRY: Expiry = '90'
const NEVER = 'Not recommended: if it gets into the wrong hands, it works until someone notices.'

const scopeOptions = (Object.keys(scopeTexts) as (keyof typeof scopeTexts)[]).map((value) => ({
  value,
  ...scopeTexts[value],
}))
// Said outright: a script's engine puts keys that are numbers first, whatever is written.
const expiryOptions = (['30', '90', '365', 'never'] as const).map((value) => ({
  value,
  name: expiries[value].name,
  ...(value === 'never' && { more: NEVER }),
}))

/** What a new key is called, what it may do, and for how long. */
export function KeyForm({
  userId,
  values = {},
  state,
}: {
  userId: string
  /** What was chosen before an interruption. */
  values?: Record<string, string>
  state: FormState | undefined
}) {
  const chosen = state?.values ?? values
  return (
    <OwnForm userId={userId} state={state}>
      {/* Browsers that fill in again what a form held would fill in that of another key. */}
      <input type="hidden" name="clientKeyId" autoComplete="off" value={chosen['clientKeyId'] ?? ''} />
      <TextField
        name="name"
        label="Name"
        hint={`What will use it? It helps you know the key again. Up to ${API_KEY_NAME_MAX_LENGTH} characters.`}
        autoComplete="off"
        defaultValue={values['name'] ?? ''}
        state={state}
      />
      <Choices
        type="checkbox"
        name="scopes"
        label="What may it do?"
        hint="Choose no more than it needs. It can’t be changed later. A key never changes your settings."
        error={state?.fieldErrors['scopes']}
        options={scopeOptions}
        chosen={chosen['scopes']?.split(',') ?? []}
      />
      <Choices
        type="radio"
        name="expiry"
        label="When does it expire?"
        error={state?.fieldErrors['expiry']}
        options={expiryOptions}
        chosen={[chosen['expiry'] ?? DEFAULT_EXPIRY]}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton busyText="Creating…">Create key</SubmitButton>
        <ButtonLink to="/settings/keys" look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </OwnForm>
  )
}
