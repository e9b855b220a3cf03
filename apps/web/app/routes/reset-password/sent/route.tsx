import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CheckYourMail } from '../../../features/mailed-links/CheckYourMail.tsx'
import { loadSentTo } from '../../../features/mailed-links/loadSentTo.server.ts'
import { pageTitle } from '../../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Check your mail') }]

export function loader(args: LoaderFunctionArgs) {
  return loadSentTo(args, '/reset-password')
}

/** Never says whether the address has an account. */
export default function ResetSent() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <CheckYourMail
      askingPath="/reset-password"
      text={
        <>
          If there’s an account for <strong className="wrap-anywhere text-ink">{email}</strong>, we’ve sent it
          a link.
        </>
      }
      hint={
        <>
          Perhaps you signed up with another address, or not yet?{' '}
          <Link to="/sign-up" className="link">
            Create an account
          </Link>
          .
        </>
      }
    />
  )
}
