import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CheckYourMail } from '../../../features/mailed-links/CheckYourMail.tsx'
import { loadSentTo } from '../../../features/mailed-links/loadSentTo.server.ts'
import { pageTitle } from '../../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Check your mail') }]

export function loader(args: LoaderFunctionArgs) {
  return loadSentTo(args, '/sign-up')
}

export default function SignUpSent() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <CheckYourMail
      askingPath="/sign-up"
      text={
        <>
          We’ve sent a link to <strong className="wrap-anywhere text-ink">{email}</strong>.
        </>
      }
      hint={
        <>
          If you already have an account, the e-mail says so. You can simply{' '}
          <Link to="/sign-in" className="link">
            sign in
          </Link>
          .
        </>
      }
    />
  )
}
