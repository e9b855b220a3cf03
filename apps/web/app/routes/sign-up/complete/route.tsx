import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { MailedLink } from '../../../features/mailed-links/MailedLink.tsx'
import { linkPageMeta } from '../../../features/mailed-links/linkPageMeta.ts'
import { linkStatus } from '../../../features/mailed-links/linkStatus.server.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { NewPasswordField } from '../../../ui/NewPasswordField.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { completeSignUp } from './completeSignUp.server.ts'

export const meta: MetaFunction = () => linkPageMeta('Choose a password')

export function loader(args: LoaderFunctionArgs) {
  return data(null, { status: linkStatus(args) })
}

export function action(args: ActionFunctionArgs) {
  return completeSignUp(args)
}

export default function CompleteSignUp() {
  const state = useActionData<typeof action>()

  return (
    <MailedLink state={state} wayOn={{ to: '/sign-up', text: 'Ask for a new link' }}>
      {(token) => (
        <CardPage>
          <PageIntro title="Choose a password">
            <p>That’s the last step: your account will be ready, and you’ll be signed in.</p>
          </PageIntro>
          <Form method="post" noValidate className="mt-8 grid gap-6">
            <FormErrors state={state} />
            <input type="hidden" name="token" value={token} />
            <NewPasswordField name="password" label="Password" state={state} />
            <TextField
              name="name"
              label="Name (optional)"
              hint={`What should we call you? Up to ${NAME_MAX_LENGTH} characters.`}
              autoComplete="name"
              state={state}
            />
            <p className="text-[0.9375rem] text-muted">
              You must be 16 or older to have an account. The{' '}
              <Link to="/terms" className="link">
                terms
              </Link>{' '}
              and the{' '}
              <Link to="/privacy" className="link">
                privacy notice
              </Link>{' '}
              are short.
            </p>
            <SubmitButton busyText="Creating your account…">Create my account</SubmitButton>
          </Form>
        </CardPage>
      )}
    </MailedLink>
  )
}
