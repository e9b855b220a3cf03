import { redirect } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { RequestPasswordResetDocument } from '@wellness/api-client/operations'
import { emailAddress } from '@wellness/domain/emailAddress'
import { z } from 'zod'
import { apiFor } from '../../.server/api.ts'
import { FormRefusal } from '../../.server/formRefusal.ts'
import { sentTo } from '../../.server/sentTo.ts'
import { submitForm } from '../../.server/submitForm.ts'
import { CardPage } from '../../ui/CardPage.tsx'
import { EmailField } from '../../ui/EmailField.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Forgot your password?') }]

/** The link of the mail is short; with its token one goes on to where the password is chosen. */
export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url)
  return searchParams.has('token') ? redirect(`/reset-password/complete${search}`) : null
}

export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema: z.object({ email: emailAddress }),
    async work(input) {
      const { requestPasswordReset } = await apiFor(args, null).request(RequestPasswordResetDocument, {
        input,
      })
      FormRefusal.throwIfAny(requestPasswordReset.userErrors)
      return redirect('/reset-password/sent', {
        headers: { 'set-cookie': sentTo.set(input.email, args.context.config) },
      })
    },
  })
}

export default function ForgotPassword() {
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title="Forgot your password?">
        <p>Enter your address, and we’ll e-mail you a link to choose a new one.</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-8 grid gap-6">
        <FormErrors state={state} />
        <EmailField name="email" label="E-mail address" autoComplete="username" state={state} />
        <SubmitButton busyText="Sending the link…">Send me the link</SubmitButton>
      </Form>
      <p className="mt-8">
        Remembered it?{' '}
        <Link to="/sign-in" className="link">
          Sign in
        </Link>
      </p>
    </CardPage>
  )
}
