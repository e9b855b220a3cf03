import type { InputHTMLAttributes, ReactNode } from 'react'
import { Field } from './Field.tsx'
import { fieldStyle } from './fieldStyle.ts'
import type { FormState } from './formState.ts'

type Props = InputHTMLAttributes<HTMLInputElement> & {
  name: string
  label: string
  hint?: ReactNode
  state: FormState | undefined
}

/** One line of text. After a refusal it shows again what was typed. */
export function TextField({ name, label, hint, state, defaultValue, ...input }: Props) {
  return (
    <Field name={name} label={label} hint={hint} error={state?.fieldErrors[name]}>
      {(tie) => (
        <input
          {...input}
          {...tie}
          defaultValue={state?.values[name] ?? defaultValue}
          className={fieldStyle}
        />
      )}
    </Field>
  )
}
