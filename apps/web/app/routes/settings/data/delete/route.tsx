import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageIntro } from '../../../../ui/PageIntro.tsx'
import { Section } from '../../../../ui/Section.tsx'
import { pageTitle } from '../../../../ui/pageTitle.ts'
import { UnsentForm } from '../../UnsentForm.tsx'
import { DeleteForm } from './DeleteForm.tsx'
import { deleteAccount } from './deleteAccount.server.ts'
import { loadDelete } from './loadDelete.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Delete your account') }]

export function loader(args: LoaderFunctionArgs) {
  return loadDelete(args)
}

export function action(args: ActionFunctionArgs) {
  return deleteAccount.post(args)
}

export default function DeleteAccount() {
  const { userId, email, keptEmail } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <>
      <PageIntro title="Delete your account">
        <p>This can’t be undone, by you or by us.</p>
      </PageIntro>
      <div className="mt-6 grid gap-6">
        {keptEmail !== null && !state && (
          <Notice isNews>
            <p>Nothing has been deleted yet. If you’re sure, press the button once more.</p>
          </Notice>
        )}
        <Section title="What will be gone">
          <ul className="grid list-disc gap-1.5 pl-5">
            <li>your account, with your name and address,</li>
            <li>all your sessions, including one that’s running now,</li>
            <li>your sign-ins on every device, your API keys, and your account’s activity.</li>
          </ul>
          <p className="text-muted">
            You may want to download your data first. We’ll send one last e-mail when it’s done.
          </p>
        </Section>
        <Section>
          <DeleteForm
            key={keptEmail}
            userId={userId}
            hint={`To confirm, type ${email}`}
            typed={keptEmail ?? ''}
            state={state}
          />
        </Section>
      </div>
    </>
  )
}

export function ErrorBoundary() {
  return (
    <UnsentForm title="Delete your account">
      {(form) => <DeleteForm {...form} hint="To confirm, type the address you sign in with." typed="" />}
    </UnsentForm>
  )
}
