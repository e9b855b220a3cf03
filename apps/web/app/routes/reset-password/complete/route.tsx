import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { ResetPasswordDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { keepDevice } from '../../../.server/keepDevice.ts'
import { newPassword } from '../../../.server/newPassword.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { MailedLink } from '../../../features/mailed-links/MailedLink.tsx'
import { linkPageMeta } from '../../../features/mailed-links/linkPageMeta.ts'
import { linkToken } from '../../../features/mailed-links/linkToken.server.ts'
import { linkStatus } from '../../../features/mailed-links/linkStatus.server.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { NewPasswordField } from '../../../ui/NewPasswordField.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'

export const meta: MetaFunction = () => linkPageMeta('Choose a new password')

export function loader(args: LoaderFunctionArgs) {
  return data(null, { status: linkStatus(args) })
}

/** Nobody is signed in by it: whoever reads a mail has not shown that they know the password. */
export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema: z.object({ token: linkToken, password: newPassword }),
    hidden: ['token'],
    async work(input) {
      const { resetPassword } = await apiFor(args, null).request(ResetPasswordDocument, { input })
      FormRefusal.throwIfAny(resetPassword.userErrors)
      return doneNews.redirect('/sign-in', 'new-password', args, keepDevice(args, resetPassword.deviceToken))
    },
  })
}

export default function ChooseNewPassword() {
  const state = useActionData<typeof action>()
  return (
    <MailedLink state={state} wayOn={{ to: '/reset-password', text: 'Ask for a new link' }}>
      {(token) => (
        <CardPage>
          <PageIntro title="Choose a new password">
            <p>
              All your devices will be signed out, and your API keys will end. Then you can sign in with the
              new password.
            </p>
          </PageIntro>
          <Form method="post" noValidate className="mt-8 grid gap-6">
            <FormErrors state={state} />
            <input type="hidden" name="token" value={token} />
            <NewPasswordField name="password" label="New password" state={state} />
            <SubmitButton busyText="Setting it…">Set new password</SubmitButton>
          </Form>
        </CardPage>
      )}
    </MailedLink>
  )
}
