import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { ButtonLink } from '../../../../ui/ButtonLink.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageIntro } from '../../../../ui/PageIntro.tsx'
import { Section } from '../../../../ui/Section.tsx'
import { pageTitle } from '../../../../ui/pageTitle.ts'
import { UnsentForm } from '../../UnsentForm.tsx'
import { createKey } from './createKey.server.ts'
import { KeyForm } from './KeyForm.tsx'
import { loadNewKey } from './loadNewKey.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Create an API key') }]

export function loader(args: LoaderFunctionArgs) {
  return loadNewKey(args)
}

export function action(args: ActionFunctionArgs) {
  return createKey.post(args)
}

export default function NewKey() {
  const { userId, kept, isFull, clientKeyId } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (isFull) return <TooMany />
  return (
    <>
      <PageIntro title="Create an API key" />
      <div className="mt-6 grid gap-6">
        {kept && !state && (
          <Notice isNews>
            <p>You were interrupted before the key was created. What you chose is still here.</p>
          </Notice>
        )}
        <Section>
          <KeyForm
            key={kept && JSON.stringify(kept)}
            userId={userId}
            values={{ clientKeyId, ...kept }}
            state={state}
          />
        </Section>
      </div>
    </>
  )
}

function TooMany() {
  return (
    <>
      <PageIntro title="Create an API key">
        <p>
          You have {API_KEYS_MAX} keys, which is the most, expired ones included. Revoke one that you no
          longer need first.
        </p>
      </PageIntro>
      <p className="mt-6">
        <ButtonLink to="/settings/keys">See your keys</ButtonLink>
      </p>
    </>
  )
}

export function ErrorBoundary() {
  return <UnsentForm title="Create an API key">{(form) => <KeyForm {...form} />}</UnsentForm>
}
