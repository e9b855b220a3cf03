import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CardPage } from '../../ui/CardPage.tsx'
import { EmailField } from '../../ui/EmailField.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { loadSignIn, postSignIn } from './signInPage.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Sign in') }]

export function loader(args: LoaderFunctionArgs) {
  return loadSignIn(args)
}

export function action(args: ActionFunctionArgs) {
  return postSignIn(args)
}

const news = {
  'signed-out': 'You’re signed out on this device.',
  'signed-out-everywhere': 'You’re signed out on every device.',
  'signed-out-and-keys-revoked': 'You’re signed out on every device, and your API keys are revoked.',
  'new-password':
    'Your new password is set, every device is signed out, and your API keys have ended. Please sign in with it.',
}

export default function SignIn() {
  const { redirectTo, isInterrupted, done } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title="Sign in" />
      <div className="mt-6 grid gap-6">
        {done && !state && (
          <Notice isNews>
            <p>{news[done]}</p>
          </Notice>
        )}
        {isInterrupted && !state && (
          <Notice isNews>
            <p>Please sign in to continue.</p>
          </Notice>
        )}
        <Form method="post" noValidate className="grid gap-6">
          <FormErrors state={state} />
          <EmailField name="email" label="E-mail address" autoComplete="username" state={state} />
          <PasswordField name="password" label="Password" autoComplete="current-password" state={state} />
          <p className="-mt-3">
            <Link to="/reset-password" className="link inline-flex min-h-6 items-center">
              Forgot your password?
            </Link>
          </p>
          <input type="hidden" name="redirectTo" value={state?.values['redirectTo'] ?? redirectTo} />
          <SubmitButton busyText="Signing in…">Sign in</SubmitButton>
        </Form>
        <p>
          No account yet?{' '}
          <Link to="/sign-up" className="link">
            Sign up
          </Link>
        </p>
      </div>
    </CardPage>
  )
}
