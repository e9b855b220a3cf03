import { useLocation } from '@remix-run/react'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Column } from '../ui/Column.tsx'
import { PageIntro } from '../ui/PageIntro.tsx'
import { errorText } from './errorText.ts'

/** What to do when a page cannot be shown. */
export function ErrorPage({ error, requestId }: { error: unknown; requestId: string | undefined }) {
  const { pathname, search } = useLocation()
  const { status, title, text } = errorText(error)
  const canBeTriedAgain = status !== 404 && status !== 409
  return (
    <Column width="text">
      <PageIntro title={title}>
        <p>{text}</p>
      </PageIntro>
      <p className="mt-8 flex flex-wrap gap-3">
        {canBeTriedAgain && (
          <ButtonLink to={pathname + search} reloadDocument>
            Try again
          </ButtonLink>
        )}
        <ButtonLink to="/" look={canBeTriedAgain ? 'quiet' : 'primary'} reloadDocument>
          Go to the start page
        </ButtonLink>
      </p>
      {status >= 500 && requestId && (
        <p className="mt-10 text-sm text-muted">
          If you write to us about this, please include this code:{' '}
          <code className="break-all">{requestId}</code>
        </p>
      )}
    </Column>
  )
}
