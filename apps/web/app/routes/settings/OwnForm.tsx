import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { FormErrors } from '../../ui/FormErrors.tsx'
import type { FormState } from '../../ui/formState.ts'

/** A form that says whose page it was shown on, so that it does nothing to somebody else who signed in since. */
export function OwnForm({
  userId,
  state,
  children,
}: {
  userId: string
  state: FormState | undefined
  children: ReactNode
}) {
  return (
    <Form method="post" noValidate className="grid gap-6">
      <FormErrors state={state} />
      <input type="hidden" name="userId" value={userId} />
      {children}
    </Form>
  )
}
