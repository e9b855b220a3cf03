import { useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import type { FormState } from '../../ui/formState.ts'

/**
 * What the link of a mail leads to: its page, or the way to another link. The token is read from the address and stands
 * nowhere in the page but in the form that needs it, so that a page which refuses a link holds none.
 */
export function MailedLink({
  state,
  wayOn,
  children,
}: {
  state: FormState | undefined
  wayOn: { to: string; text: string }
  children: (token: string) => ReactNode
}) {
  const token = new URLSearchParams(useLocation().search).get('token')
  if (!token) {
    return (
      <Problem title="This link is incomplete" wayOn={wayOn}>
        <p>Part of it is missing. Open it from the e-mail again, or copy all of it into the address bar.</p>
      </Problem>
    )
  }
  if (state?.codes.includes('INVALID_TOKEN')) {
    return (
      <Problem title="This link doesn’t work" wayOn={wayOn}>
        {state.formErrors.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </Problem>
    )
  }
  return children(token)
}

function Problem({
  title,
  wayOn: { to, text },
  children,
}: {
  title: string
  wayOn: { to: string; text: string }
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <CardPage>
      <div ref={box} role="alert" tabIndex={-1} className="outline-none!">
        <PageIntro title={title}>{children}</PageIntro>
      </div>
      <p className="mt-8">
        <ButtonLink to={to}>{text}</ButtonLink>
      </p>
    </CardPage>
  )
}
