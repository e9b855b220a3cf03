import { useState } from 'react'
import { buttonStyle } from './buttonStyle.ts'
import type { ButtonLook } from './buttonStyle.ts'
import { useHydrated } from './useHydrated.ts'

/** Copies a text, where a script may; without one, the text can be selected where it stands. */
export function CopyButton({
  text,
  label,
  look = 'primary',
  children,
}: {
  text: string
  /** Where there are several: which of them this is. It begins with what the button shows. */
  label?: string
  look?: ButtonLook
  children: string
}) {
  const isHydrated = useHydrated()
  const [outcome, setOutcome] = useState('')
  // Browsers keep the clipboard from pages that came over plain http.
  if (!isHydrated || !('clipboard' in navigator)) return null
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('Copied.'),
      () => setOutcome('Your browser didn’t allow that. Please select the text and copy it.'),
    )
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <button type="button" aria-label={label} onClick={() => void copy()} className={buttonStyle(look)}>
        {children}
      </button>
      <p role="status">{outcome}</p>
    </div>
  )
}
