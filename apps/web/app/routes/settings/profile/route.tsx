import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { loadProfile } from './loadProfile.server.ts'
import { postProfile } from './postProfile.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Profile') }]

export function loader(args: LoaderFunctionArgs) {
  return loadProfile(args)
}

export function action(args: ActionFunctionArgs) {
  return postProfile(args)
}

export default function Profile() {
  const { userId, email, name, keptName, isSaved } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <CardPage>
      <PageIntro title="Profile" />
      <div className="mt-6 grid gap-6">
        {isSaved && !state && (
          <Notice isNews>
            <p>Your name is saved.</p>
          </Notice>
        )}
        {keptName !== null && !state && (
          <Notice isNews>
            <p>You were signed out in between, so this is not saved yet. What you typed is still here.</p>
          </Notice>
        )}
        <div>
          <p className="font-semibold">E-mail address</p>
          <p className="break-all">{email}</p>
        </div>
        <Form method="post" noValidate className="grid gap-6" key={`${name}${keptName}`}>
          <FormErrors state={state} />
          <input type="hidden" name="userId" value={userId} />
          <TextField
            name="name"
            label="Name"
            hint={`What we call you. At most ${NAME_MAX_LENGTH} characters; leave it empty to have none.`}
            autoComplete="name"
            defaultValue={keptName ?? name ?? ''}
            state={state}
          />
          <div>
            <SubmitButton busyText="Saving…">Save</SubmitButton>
          </div>
        </Form>
      </div>
    </CardPage>
  )
}
