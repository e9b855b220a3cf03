import { data, redirect } from '@remix-run/node'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { doneNews } from '../../.server/doneNews.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Goodbye') }]

/** Whoever comes here for another reason than that finds nothing to be told. */
export function loader(args: LoaderFunctionArgs) {
  const { done, headers } = doneNews.take(args, 'account-deleted')
  return done === null ? redirect('/') : data(null, { headers })
}

export default function Goodbye() {
  return (
    <CardPage>
      <PageIntro title="Goodbye, and take care">
        <p>
          Your account is deleted, and you’re signed out everywhere. We’ll send one last e-mail to confirm it.
        </p>
      </PageIntro>
      <p className="mt-6">You’re welcome back any time. You’d start afresh.</p>
      <p className="mt-8">
        <ButtonLink to="/" look="quiet">
          Go to the start page
        </ButtonLink>
      </p>
    </CardPage>
  )
}
