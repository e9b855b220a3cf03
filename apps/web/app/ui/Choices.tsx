import type { ReactNode } from 'react'
import { choiceStyle } from './choiceStyle.ts'

/** A question with a few answers, of which one (radio) or several (checkbox) can be chosen. */
export function Choices<Value extends string>({
  type,
  name,
  label,
  hint,
  error,
  options,
  chosen,
}: {
  type: 'radio' | 'checkbox'
  name: string
  label: string
  hint?: string
  error: string | undefined
  options: { value: Value; name: string; more?: ReactNode }[]
  chosen: readonly string[]
}) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset aria-describedby={described || undefined}>
      <legend className="font-semibold">{label}</legend>
      {hint && (
        <p id={`${name}-hint`} className="text-[0.9375rem] text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="font-semibold text-error">
          {error}
        </p>
      )}
      <div className="mt-1.5 grid gap-1">
        {options.map(({ value, name: text, more }, index) => (
          <div key={value} className="flex items-start gap-3 py-1.5">
            <input
              type={type}
              // What is wrong with the answer leads to the first of them.
              id={index === 0 ? name : `${name}-${value}`}
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              aria-describedby={more ? `${name}-${value}-more` : undefined}
              aria-invalid={error && type === 'checkbox' ? true : undefined}
              className={choiceStyle}
            />
            <div className="min-w-0">
              <label htmlFor={index === 0 ? name : `${name}-${value}`} className="block">
                {text}
              </label>
              {more && (
                <p id={`${name}-${value}-more`} className="text-[0.9375rem] text-muted">
                  {more}
                </p>
              )}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
