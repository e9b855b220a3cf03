import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ReportNotMeDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { MailedLink } from '../../../features/mailed-links/MailedLink.tsx'
import { linkPageMeta } from '../../../features/mailed-links/linkPageMeta.ts'
import { linkToken } from '../../../features/mailed-links/linkToken.server.ts'
import { linkStatus } from '../../../features/mailed-links/linkStatus.server.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'

export const meta: MetaFunction = () => linkPageMeta('This wasn’t me')

export function loader(args: LoaderFunctionArgs) {
  const { done, headers } = doneNews.take(args, 'locked-out', 'locked-out-without-link')
  return data({ done }, { headers, status: done ? 200 : linkStatus(args) })
}

export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema: z.object({ token: linkToken }),
    hidden: ['token'],
    async work(input) {
      const { reportNotMe } = await apiFor(args, null).request(ReportNotMeDocument, { input })
      FormRefusal.throwIfAny(reportNotMe.userErrors)
      const done = reportNotMe.resetLinkSent ? 'locked-out' : 'locked-out-without-link'
      return doneNews.redirect('/security/not-me', done, args)
    },
  })
}

export default function NotMe() {
  const { done } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (done) return <Done isLinkSent={done === 'locked-out'} />
  return (
    <MailedLink state={state} wayOn={{ to: '/reset-password', text: 'Choose a new password' }}>
      {(token) => (
        <CardPage>
          <PageIntro title="It wasn’t you?">
            <p>Let’s lock out whoever it was. When you press the button:</p>
          </PageIntro>
          <Form method="post" noValidate className="mt-6 grid gap-6">
            <FormErrors state={state} />
            <div className="prose">
              <ul>
                <li>every device is signed out, including yours,</li>
                <li>every API key is revoked,</li>
                <li>the password stops working,</li>
                <li>if your e-mail address was changed, you get it back,</li>
                <li>we e-mail you a link to choose a new password.</li>
              </ul>
              <p>If it was you after all, just close this page. Nothing has changed.</p>
            </div>
            <input type="hidden" name="token" value={token} />
            <SubmitButton busyText="Locking them out…">This wasn’t me</SubmitButton>
          </Form>
        </CardPage>
      )}
    </MailedLink>
  )
}

function Done({ isLinkSent }: { isLinkSent: boolean }) {
  return (
    <CardPage>
      <PageIntro title="They’re locked out">
        <p>Every device is signed out, and the password no longer works.</p>
      </PageIntro>
      <div className="prose mt-6">
        {isLinkSent ? (
          <p>
            We’re sending you a link to choose a new password. If it doesn’t arrive,{' '}
            <Link to="/reset-password" className="link">
              ask for another
            </Link>
            .
          </p>
        ) : (
          <p>
            We haven’t sent you a link for a new password. The address we wrote to now has an account of its
            own, so the one you reported stays locked, under the address it was changed to. If you can read
            mail there,{' '}
            <Link to="/reset-password" className="link">
              ask for a link
            </Link>{' '}
            with that address.
          </p>
        )}
        <p>
          If someone else can read your mail, change your mailbox’s password first: whoever reads your mail
          can get in here too.
        </p>
      </div>
    </CardPage>
  )
}
