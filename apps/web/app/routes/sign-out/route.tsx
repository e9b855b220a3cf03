import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { tabMemory } from '../../root/tabMemory.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { signOut } from './signOut.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Sign out') }]

export function action(args: ActionFunctionArgs) {
  return signOut(args)
}

export default function SignOut() {
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title={state ? 'You’re still signed in' : 'Sign out?'}>
        <p>A running session carries on after you sign out.</p>
      </PageIntro>
      <Form method="post" onSubmit={tabMemory.forget} className="mt-8 grid gap-6">
        <FormErrors state={state} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton busyText="Signing out…">{state ? 'Try again' : 'Sign out'}</SubmitButton>
          <ButtonLink to="/today" look="quiet">
            Stay signed in
          </ButtonLink>
        </div>
      </Form>
    </CardPage>
  )
}
