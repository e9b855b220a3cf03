import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { loadConfirm } from './loadConfirm.server.ts'
import { postConfirm } from './postConfirm.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Confirm it’s you') }]

export function loader(args: LoaderFunctionArgs) {
  return loadConfirm(args)
}

export function action(args: ActionFunctionArgs) {
  return postConfirm(args)
}

export default function Confirm() {
  const { email, description, act, back } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title="Confirm it’s you">
        <p>
          Please enter your password again. It stops anyone else from doing this on a device you’ve left open.
        </p>
      </PageIntro>
      <Form method="post" noValidate className="mt-6 grid gap-6">
        <FormErrors state={state} />
        {description && <p className="font-semibold wrap-anywhere">{description}</p>}
        {/* For password managers, which look for whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField name="password" label="Password" autoComplete="current-password" state={state} />
        <input type="hidden" name="act" value={state?.values['act'] ?? act} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton busyText="Checking…">Confirm</SubmitButton>
          <ButtonLink to={back} look="quiet">
            Not now
          </ButtonLink>
        </div>
      </Form>
    </CardPage>
  )
}
