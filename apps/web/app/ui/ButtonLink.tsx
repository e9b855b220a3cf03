import { Link } from '@remix-run/react'
import type { LinkProps } from '@remix-run/react'
import { buttonStyle } from './buttonStyle.ts'
import type { ButtonLook } from './buttonStyle.ts'

/** A link to the next thing to do. */
export function ButtonLink({ look = 'primary', ...props }: LinkProps & { look?: ButtonLook }) {
  return <Link {...props} className={buttonStyle(look)} />
}
