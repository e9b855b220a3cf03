import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { sentTo } from '../../../.server/sentTo.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'

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
          If {email ? <strong className="text-ink">{email}</strong> : 'the address you gave'} has an account,
          a mail is on its way. Its link works once, for one hour.
        </p>
      </PageIntro>
      <div className="prose mt-8">
        <p>Nothing there after a few minutes?</p>
        <ul>
          <li>Look among the mails your provider takes for spam.</li>
          <li>
            See whether the address has a slip in it, or whether you signed up with another one, and{' '}
            <Link to="/reset-password" className="link">
              ask for another link
            </Link>
            .
          </li>
          <li>
            No account yet?{' '}
            <Link to="/sign-up" className="link">
              Sign up
            </Link>
            .
          </li>
        </ul>
        <p className="text-muted">You can close this page.</p>
      </div>
    </CardPage>
  )
}
