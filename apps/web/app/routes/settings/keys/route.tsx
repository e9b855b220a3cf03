import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { Section } from '../../../ui/Section.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { KeyItem } from './KeyItem.tsx'
import { loadKeys } from './loadKeys.server.ts'
import { revokeKey } from './revokeKey.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('API keys') }]

export function loader(args: LoaderFunctionArgs) {
  return loadKeys(args)
}

export function action(args: ActionFunctionArgs) {
  return revokeKey(args)
}

const news = {
  'key-made-before':
    'Your form reached us twice, and the key was created once: it’s in the list below. If you weren’t shown it, revoke it and create another.',
  'key-revoked': 'That key is revoked. Nothing can use it any more.',
  'key-shown-before':
    'A key is shown only once, right after it’s created. If you didn’t copy it, revoke it and create another.',
}

export default function Keys() {
  const { userId, keys, waiting, done } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <>
      <PageIntro title="API keys">
        <p>
          A key lets a script or another app of yours act for you, without your password. How to use one is
          told in the{' '}
          <a className="link" href="/partners/quick-start">
            quick start
          </a>
          .
        </p>
      </PageIntro>
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-6">
        <FormErrors state={state} />
        {done && !state && (
          <Notice isNews>
            <p>{news[done]}</p>
          </Notice>
        )}
        {waiting && !state && (
          <Notice isNews>
            <p className="wrap-anywhere">You were interrupted before “{waiting.name}” was revoked.</p>
          </Notice>
        )}
        {keys.length === 0 ? (
          <Section title="No keys yet">
            <p>You need one only to use the API from a program. Everything else here works without.</p>
            <CreateLink />
          </Section>
        ) : (
          <>
            {keys.length < API_KEYS_MAX ? (
              <CreateLink />
            ) : (
              <p>You have {API_KEYS_MAX} keys, which is the most. Revoke one to create another.</p>
            )}
            <ul className="overflow-hidden rounded-3xl border border-hair bg-surface">
              {keys.map((apiKey) => (
                <KeyItem
                  key={apiKey.keyId}
                  apiKey={apiKey}
                  userId={userId}
                  isAsked={apiKey.keyId === waiting?.keyId}
                />
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  )
}

function CreateLink() {
  return (
    <p>
      <ButtonLink to="/settings/keys/new">Create a key</ButtonLink>
    </p>
  )
}
