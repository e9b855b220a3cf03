import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { Section } from '../../../ui/Section.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { UnsentForm } from '../UnsentForm.tsx'
import { ProfileForm } from './ProfileForm.tsx'
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
    <>
      <PageIntro title="Profile" />
      <div className="mt-6 grid gap-6">
        {isSaved && !state && (
          <Notice isNews>
            <p>Your name is saved.</p>
          </Notice>
        )}
        {keptName !== null && !state && (
          <Notice isNews>
            <p>You were signed out before this was saved. What you typed is still here.</p>
          </Notice>
        )}
        <Section>
          <div>
            <p className="font-semibold">E-mail address</p>
            <p className="break-all">{email}</p>
          </div>
          <ProfileForm
            key={`${name}${keptName}`}
            userId={userId}
            name={keptName ?? name ?? ''}
            state={state}
          />
        </Section>
      </div>
    </>
  )
}

export function ErrorBoundary() {
  return <UnsentForm title="Profile">{(form) => <ProfileForm {...form} name="" />}</UnsentForm>
}
