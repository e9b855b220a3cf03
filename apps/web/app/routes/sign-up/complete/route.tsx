import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { NAME_MAX_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wellness/domain/limits'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { completeSignUp } from './completeSignUp.server.ts'

/**
 * Nothing but our origin is told to anybody, so that the token stays here. The header says to tell nothing at all; but
 * then the form would come with `Origin: null`, and a browser that sends no Sec-Fetch-Site would have it refused.
 */
export const meta: MetaFunction = () => [
  { title: pageTitle('Choose a password') },
  { name: 'referrer', content: 'strict-origin' },
]

/** Mail scanners open every link: opening this one changes nothing, and asks the API nothing. */
export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') }
}

export function action(args: ActionFunctionArgs) {
  return completeSignUp(args)
}

export default function CompleteSignUp() {
  const { token } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()

  if (!token) {
    return (
      <CardPage>
        <PageIntro title="This link is not whole">
          <p>Part of it is missing. Copy all of it from the mail, or ask for a new one.</p>
        </PageIntro>
        <p className="mt-8">
          <ButtonLink to="/sign-up">Ask for a new link</ButtonLink>
        </p>
      </CardPage>
    )
  }
  return (
    <CardPage>
      <PageIntro title="Choose a password">
        <p>Then your account is ready, and you are signed in.</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-8 grid gap-6">
        <FormErrors state={state} />
        {state?.codes.includes('INVALID_TOKEN') && (
          <p>
            <Link to="/sign-up" className="link">
              Ask for a new link
            </Link>
          </p>
        )}
        <input type="hidden" name="token" value={token} />
        <PasswordField
          label="Password"
          hint={`${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters of any kind. A few words you like, with spaces between, are easy to remember.`}
          autoComplete="new-password"
          state={state}
        />
        <TextField
          name="name"
          label="Name (optional)"
          hint={`What we call you. At most ${NAME_MAX_LENGTH} characters.`}
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
  )
}
