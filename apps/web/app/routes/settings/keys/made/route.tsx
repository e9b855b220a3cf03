import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '../../../../ui/ButtonLink.tsx'
import { PageIntro } from '../../../../ui/PageIntro.tsx'
import { Section } from '../../../../ui/Section.tsx'
import { pageTitle } from '../../../../ui/pageTitle.ts'
import { loadMadeKey } from './loadMadeKey.server.ts'
import { SecretOnce } from './SecretOnce.tsx'

export const meta: MetaFunction = () => [{ title: pageTitle('Your new API key') }]

export function loader(args: LoaderFunctionArgs) {
  return loadMadeKey(args)
}

export default function MadeKey() {
  const { name, secret, example, schemaUrl } = useLoaderData<typeof loader>()
  return (
    <>
      <PageIntro title="Copy your key now">
        <p className="wrap-anywhere">“{name}” is created. This is the only time the key is shown.</p>
      </PageIntro>
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-6">
        <Section>
          <SecretOnce secret={secret} />
          <p>
            Keep it like a password: whoever has it can act for you. Don’t put it into a web page, a chat or
            code that others can read.
          </p>
        </Section>
        <Section title="Try it">
          <p>
            Run this in a terminal. It waits for the key, which it doesn’t show: paste it and press Enter.
          </p>
          <pre className="rounded-xl bg-tint px-4 py-3 text-[0.875rem] whitespace-pre-wrap wrap-anywhere">
            <code>{example}</code>
          </pre>
          <p>
            The{' '}
            <a href="/partners/quick-start" className="link">
              quick start
            </a>{' '}
            goes on from here. More examples are in the{' '}
            <a href="/explorer" className="link">
              API explorer
            </a>
            ; paste the key there to see what it may do. The{' '}
            <a href={schemaUrl} className="link">
              schema
            </a>{' '}
            describes everything there is.
          </p>
        </Section>
        <p>
          <ButtonLink to="/settings/keys" look="quiet">
            I’ve copied it
          </ButtonLink>
        </p>
      </div>
    </>
  )
}
