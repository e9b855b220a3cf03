import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { doneNews } from '../../../.server/doneNews.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { NewPasswordField } from '../../../ui/NewPasswordField.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { Section } from '../../../ui/Section.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { changePassword } from './changePassword.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Password') }]

export async function loader(args: LoaderFunctionArgs) {
  const me = await loadMe(args)
  const { done, headers } = doneNews.take(args, 'password-changed')
  return data({ email: me.email, isChanged: done !== null }, { headers })
}

export function action(args: ActionFunctionArgs) {
  return changePassword(args)
}

export default function Password() {
  const { email, isChanged } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <>
      <PageIntro title="Password">
        <p>Changing it signs out all your other devices.</p>
      </PageIntro>
      <div className="mt-6 grid gap-6">
        {isChanged && !state && (
          <Notice isNews>
            <p>Your password is changed, and your other devices are signed out.</p>
          </Notice>
        )}
        <Section>
          <Form method="post" noValidate className="grid gap-6" key={isChanged ? 'changed' : 'new'}>
            <FormErrors state={state} />
            {/* For password managers, which look for whose password it is. */}
            <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
            <PasswordField
              name="currentPassword"
              label="Current password"
              autoComplete="current-password"
              state={state}
            />
            <NewPasswordField name="newPassword" label="New password" state={state} />
            <div>
              <SubmitButton busyText="Changing it…">Change password</SubmitButton>
            </div>
          </Form>
        </Section>
        <p>
          Forgotten it?{' '}
          <Link to="/reset-password" className="link">
            Get a link by e-mail
          </Link>
        </p>
      </div>
    </>
  )
}
