import { useNavigation } from '@remix-run/react'
import type { ButtonHTMLAttributes } from 'react'
import { buttonStyle } from './buttonStyle.ts'
import type { ButtonLook } from './buttonStyle.ts'

/** Sends its form, and says so while it is under way. It stays focusable then, so that nobody loses their place. */
export function SubmitButton({
  look = 'primary',
  busyText,
  children,
  ...props
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook; busyText: string }) {
  const { state, formData } = useNavigation()
  const isMine = !props.name || formData?.get(props.name) === props.value
  const isBusy = state !== 'idle' && formData !== undefined && isMine
  return (
    <button
      {...props}
      type="submit"
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : undefined}
      className={buttonStyle(look)}
    >
      {isBusy ? busyText : children}
    </button>
  )
}
