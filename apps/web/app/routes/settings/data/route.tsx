import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { Section } from '../../../ui/Section.tsx'
import { buttonStyle } from '../../../ui/buttonStyle.ts'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { loadData } from './loadData.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Your data') }]

export function loader(args: LoaderFunctionArgs) {
  return loadData(args)
}

const failures = {
  'export-away': 'We can’t reach our server just now, so there’s no file yet. Please try again in a moment.',
  'export-too-often': 'You’ve downloaded it several times in a short while. Please try again in an hour.',
}

export default function YourData() {
  const { userId, isWaiting, failure } = useLoaderData<typeof loader>()
  return (
    <>
      <PageIntro title="Your data">
        <p>It’s yours: download a copy, or delete all of it.</p>
      </PageIntro>
      <div className="mt-6 grid gap-6">
        {isWaiting && (
          <Notice isNews>
            <p>Thank you. You can download your copy now.</p>
          </Notice>
        )}
        {failure && (
          <Notice isNews>
            <p>{failures[failure]}</p>
          </Notice>
        )}
        <Section title="A copy of everything">
          <p>
            One file with everything we keep about you: your account, your sessions, where you’re signed in,
            your API keys (never the secret part), and your account’s activity. It’s in JSON, a format other
            programs can read.
          </p>
          <p>The file is not encrypted, so keep it somewhere private.</p>
          {/* A form of the browser's own: what comes back is a file and no page. */}
          <form method="post" action="/settings/data/export">
            <input type="hidden" name="userId" value={userId} />
            <button className={buttonStyle('primary')}>Download my data</button>
          </form>
        </Section>
        <Section title="Delete your account">
          <p>
            Your account and everything we keep about you are deleted straight away, and can’t be recovered.
          </p>
          <p>
            <ButtonLink to="/settings/data/delete" look="quiet">
              Delete my account…
            </ButtonLink>
          </p>
        </Section>
      </div>
    </>
  )
}
