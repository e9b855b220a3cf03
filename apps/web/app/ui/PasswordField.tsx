import { useState } from 'react'
import type { ReactNode } from 'react'
import { Field } from './Field.tsx'
import { fieldStyle } from './fieldStyle.ts'
import type { FormState } from './formState.ts'
import { useHydrated } from './useHydrated.ts'

interface Props {
  name: string
  label: string
  hint?: ReactNode
  autoComplete: 'current-password' | 'new-password'
  state: FormState | undefined
}

/**
 * A password, with a button to see it. Nothing hinders pasting or a password manager, and no maxLength cuts what is
 * pasted: a password that is too long is refused in words instead.
 */
export function PasswordField({ name, label, hint, autoComplete, state }: Props) {
  const [isShown, setShown] = useState(false)
  const isHydrated = useHydrated()
  return (
    <Field name={name} label={label} hint={hint} error={state?.fieldErrors[name]}>
      {(tie) => (
        <div className="flex gap-2">
          <input
            {...tie}
            type={isShown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            className={fieldStyle}
          />
          {isHydrated && (
            <button
              type="button"
              aria-controls={tie.id}
              aria-label={`${isShown ? 'Hide' : 'Show'} the ${label.toLowerCase()}`}
              onClick={() => setShown(!isShown)}
              className="min-h-12 min-w-18 shrink-0 rounded-xl border border-line px-3 hover:bg-tint"
            >
              {isShown ? 'Hide' : 'Show'}
            </button>
          )}
        </div>
      )}
    </Field>
  )
}
