import { redirect } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { RequestSignUpDocument } from '@wellness/api-client/operations'
import { emailAddress } from '@wellness/domain/emailAddress'
import { z } from 'zod'
import { apiFor } from '../../.server/api.ts'
import { doneNews } from '../../.server/doneNews.ts'
import { findMe } from '../../.server/findMe.ts'
import { FormRefusal } from '../../.server/formRefusal.ts'
import { submitForm } from '../../.server/submitForm.ts'
import { CardPage } from '../../ui/CardPage.tsx'
import { EmailField } from '../../ui/EmailField.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { sentTo } from '../../.server/sentTo.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Sign up') }]

/** Whoever has an account and is signed in is told so, before they make a second one. */
export async function loader(args: LoaderFunctionArgs) {
  if (await findMe(args)) throw doneNews.redirect('/today', 'has-account', args)
  return null
}

const schema = z.object({ email: emailAddress })

export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema,
    async work(input) {
      const { requestSignUp } = await apiFor(args, null).request(RequestSignUpDocument, { input })
      FormRefusal.throwIfAny(requestSignUp.userErrors)
      return redirect('/sign-up/sent', {
        headers: { 'set-cookie': sentTo.set(input.email, args.context.config) },
      })
    },
  })
}

export default function SignUp() {
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title="Create an account">
        <p>We’ll e-mail you a link to choose a password.</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-8 grid gap-6">
        <FormErrors state={state} />
        <EmailField name="email" label="E-mail address" autoComplete="username" state={state} />
        <p className="text-[0.9375rem] text-muted">
          You must be 16 or older. By signing up, you accept the{' '}
          <Link to="/terms" className="link">
            terms
          </Link>
          ; the{' '}
          <Link to="/privacy" className="link">
            privacy notice
          </Link>{' '}
          says what we keep.
        </p>
        <SubmitButton busyText="Sending the link…">Send me the link</SubmitButton>
      </Form>
      <p className="mt-8">
        Already have an account?{' '}
        <Link to="/sign-in" className="link">
          Sign in
        </Link>
      </p>
    </CardPage>
  )
}
