import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ResetPasswordDocument } from '@wellness/api-client/generated/graphql'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { deviceCookie } from '../../../.server/deviceCookie.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { newPassword } from '../../../.server/newPassword.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { LinkCutShort } from '../../../features/mailed-links/LinkCutShort.tsx'
import { linkPageMeta } from '../../../features/mailed-links/linkPageMeta.ts'
import { linkToken } from '../../../features/mailed-links/linkToken.server.ts'
import { readToken } from '../../../features/mailed-links/readToken.server.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { NewPasswordField } from '../../../ui/NewPasswordField.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'

export const meta: MetaFunction = () => linkPageMeta('Choose a new password')

export function loader(args: LoaderFunctionArgs) {
  return { token: readToken(args) }
}

/** Nobody is signed in by it: whoever reads a mail has not shown that they know the password. */
export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema: z.object({ token: linkToken, password: newPassword }),
    hidden: ['token'],
    async work(input) {
      const { resetPassword } = await apiFor(args, null).request(ResetPasswordDocument, { input })
      FormRefusal.throwIfAny(resetPassword.userErrors)
      const { deviceToken } = resetPassword
      return doneNews.redirect(
        '/sign-in',
        'new-password',
        args,
        deviceToken ? [['set-cookie', deviceCookie.set(deviceToken, args.context.config)]] : [],
      )
    },
  })
}

export default function ChooseNewPassword() {
  const { token } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (!token) return <LinkCutShort to="/reset-password" wayOn="Ask for a new link" />
  return (
    <CardPage>
      <PageIntro title="Choose a new password">
        <p>Every device is signed out then, and you sign in with the new one.</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-8 grid gap-6">
        <FormErrors state={state} />
        {state?.codes.includes('INVALID_TOKEN') && (
          <p>
            <Link to="/reset-password" className="link">
              Ask for a new link
            </Link>
          </p>
        )}
        <input type="hidden" name="token" value={token} />
        <NewPasswordField name="password" label="New password" state={state} />
        <SubmitButton busyText="Setting it…">Set the new password</SubmitButton>
      </Form>
    </CardPage>
  )
}
