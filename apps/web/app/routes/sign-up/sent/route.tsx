import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CardPage } from '../../../ui/CardPage.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { sentTo } from '../../../.server/sentTo.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Look at your mail') }]

export function loader({ request, context }: LoaderFunctionArgs) {
  return { email: sentTo.find(request, context.config) }
}

export default function LookAtYourMail() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <CardPage>
      <PageIntro title="Look at your mail">
        <p>
          A mail is on its way to{' '}
          {email ? <strong className="text-ink">{email}</strong> : 'the address you gave'}. Its link works
          once, for one hour.
        </p>
      </PageIntro>
      <div className="prose mt-8">
        <p>Nothing there after a few minutes?</p>
        <ul>
          <li>Look among the mails your provider takes for spam.</li>
          <li>
            See whether the address has a slip in it, and{' '}
            <Link to="/sign-up" className="link">
              ask for another link
            </Link>
            .
          </li>
          <li>
            If the address has an account already, the mail says so:{' '}
            <Link to="/sign-in" className="link">
              sign in
            </Link>
            .
          </li>
        </ul>
        <p className="text-muted">You can close this page.</p>
      </div>
    </CardPage>
  )
}
