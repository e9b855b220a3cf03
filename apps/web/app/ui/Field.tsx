import type { ReactNode } from 'react'

interface FieldProps {
  name: string
  label: string
  hint?: ReactNode
  error: string | undefined
  /** Draws the control, with what ties it to its label, hint and error. */
  children: (tie: {
    id: string
    name: string
    'aria-describedby'?: string
    'aria-invalid'?: true
  }) => ReactNode
}

/** A control with its label above, and its hint and error beside it. */
export function Field({ name, label, hint, error, children }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${name}-hint`} className="text-[0.9375rem] text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="flex gap-1.5 font-semibold text-error">
          <svg
            width="16"
            height="16"
            viewBox="0 0 16 16"
            className="mt-1.5 size-4 shrink-0"
            aria-hidden="true"
          >
            <path
              fill="currentColor"
              d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 3.2h1.8v5H7.1v-5ZM8 12.6a1.1 1.1 0 1 1 0-2.2 1.1 1.1 0 0 1 0 2.2Z"
            />
          </svg>
          {error}
        </p>
      )}
      <div className="mt-1.5">
        {children({
          id: name,
          name,
          ...(described && { 'aria-describedby': described }),
          ...(error && { 'aria-invalid': true }),
        })}
      </div>
    </div>
  )
}
