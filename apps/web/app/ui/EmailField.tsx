import type { ReactNode } from 'react'
import { TextField } from './TextField.tsx'
import type { FormState } from './formState.ts'

/** An e-mail address, typed or filled in by a password manager. */
export function EmailField(props: {
  name: string
  label: string
  hint?: ReactNode
  /** `username` where it is what one signs in with. */
  autoComplete: 'username' | 'email' | 'off'
  defaultValue?: string
  state: FormState | undefined
}) {
  return (
    <TextField {...props} type="email" inputMode="email" autoCapitalize="none" spellCheck={false} required />
  )
}
