import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { Section } from '../../../ui/Section.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { UnsentForm } from '../UnsentForm.tsx'
import { EmailForm } from './EmailForm.tsx'
import { loadEmail } from './loadEmail.server.ts'
import { requestEmailChange } from './requestEmailChange.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('E-mail') }]

export function loader(args: LoaderFunctionArgs) {
  return loadEmail(args)
}

export function action(args: ActionFunctionArgs) {
  return requestEmailChange.post(args)
}

export default function Email() {
  const { userId, email, keptEmail, sentTo } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <>
      <PageIntro title="E-mail">
        <p>You sign in with this address, and it’s where we write to you.</p>
      </PageIntro>
      <div className="mt-6 grid gap-6">
        {sentTo && !state && (
          <Notice isNews>
            <p>
              We’ve sent a link to <strong className="wrap-anywhere">{sentTo}</strong>. It works once, for one
              hour. Your address stays the same until you open the link and press the button there.
            </p>
          </Notice>
        )}
        {keptEmail !== null && !state && (
          <Notice isNews>
            <p>You were interrupted before the link was sent. What you typed is still here.</p>
          </Notice>
        )}
        <Section>
          <div>
            <p className="font-semibold">E-mail address</p>
            <p className="break-all">{email}</p>
          </div>
          <EmailForm key={`${sentTo}${keptEmail}`} userId={userId} newEmail={keptEmail ?? ''} state={state} />
        </Section>
      </div>
    </>
  )
}

export function ErrorBoundary() {
  return <UnsentForm title="E-mail">{(form) => <EmailForm {...form} newEmail="" />}</UnsentForm>
}
