import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { doneNews } from '../../.server/doneNews.ts'
import { findMe } from '../../.server/findMe.ts'
import { MailedLink } from '../../features/mailed-links/MailedLink.tsx'
import { linkPageMeta } from '../../features/mailed-links/linkPageMeta.ts'
import { linkStatus } from '../../features/mailed-links/linkStatus.server.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { confirmEmail } from './confirmEmail.server.ts'

export const meta: MetaFunction = () => linkPageMeta('Your new e-mail address')

/** Only its mail names the address that the link would set; of whoever is signed in here, the account is known. */
export async function loader(args: LoaderFunctionArgs) {
  const { done, headers } = doneNews.take(args, 'new-address')
  const email = (await findMe(args))?.email ?? null
  return data({ isDone: done !== null, email }, { headers, status: done ? 200 : linkStatus(args) })
}

export function action(args: ActionFunctionArgs) {
  return confirmEmail(args)
}

export default function ConfirmEmail() {
  const { isDone, email } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (isDone) return <Done email={email} />
  return (
    <MailedLink state={state} wayOn={{ to: '/settings/email', text: 'Ask for a new link' }}>
      {(token) => (
        <CardPage>
          <PageIntro title="Use this address?">
            {email === null ? (
              <p>
                The account named in the e-mail you opened will use the address that e-mail was sent to.
                You’ll sign in with it from then on.
              </p>
            ) : (
              <p>
                The address this link was sent to will replace{' '}
                <strong className="wrap-anywhere text-ink">{email}</strong> on your account. You’ll sign in
                with it from then on.
              </p>
            )}
          </PageIntro>
          <Form method="post" noValidate className="mt-6 grid gap-6">
            <FormErrors state={state} />
            <p>Your other devices will be signed out, and we’ll let your old address know.</p>
            <input type="hidden" name="token" value={token} />
            <SubmitButton busyText="Changing it…">Use this address</SubmitButton>
          </Form>
        </CardPage>
      )}
    </MailedLink>
  )
}

/** Whoever opened the link in a browser where they are not signed in has no login left anywhere. */
function Done({ email }: { email: string | null }) {
  return (
    <CardPage>
      <PageIntro title="Your address is changed">
        {email === null ? (
          <p>You’re signed out on all your devices. Sign in with your new address.</p>
        ) : (
          <p>
            From now on, sign in with <strong className="wrap-anywhere text-ink">{email}</strong>. Your other
            devices are signed out.
          </p>
        )}
      </PageIntro>
      <p className="mt-8">
        {email === null ? (
          <ButtonLink to="/sign-in">Sign in</ButtonLink>
        ) : (
          <ButtonLink to="/today">Go to Today</ButtonLink>
        )}
      </p>
    </CardPage>
  )
}
