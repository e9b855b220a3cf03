import { useEffect, useRef } from 'react'
import type { FormState } from './formState.ts'

/** What is wrong with the form that was sent, announced and focused, with a link to each field. */
export function FormErrors({ state }: { state: FormState | undefined }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state) box.current?.focus()
  }, [state])
  if (!state) return null

  const fields = Object.entries(state.fieldErrors)
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      autoFocus
      className="rounded-2xl border-2 border-error bg-surface px-5 py-4 text-error"
    >
      {state.formErrors.map((message) => (
        <p key={message}>{message}</p>
      ))}
      {fields.length > 0 && (
        <>
          <p className="font-semibold">Please check this:</p>
          <ul className="mt-1">
            {fields.map(([name, message]) => (
              <li key={name}>
                <a
                  href={`#${name}`}
                  className="inline-flex min-h-6 items-center underline underline-offset-4"
                >
                  {message}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
