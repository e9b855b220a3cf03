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
  'export-away':
    'We cannot reach our server just now, so there is no file yet. Please try again in a moment.',
  'export-too-often': 'You have downloaded it several times in a short while. Please try again in an hour.',
}

export default function YourData() {
  const { userId, isWaiting, failure } = useLoaderData<typeof loader>()
  return (
    <>
      <PageIntro title="Your data">
        <p>It is yours: take a copy of it, or have all of it deleted.</p>
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
            One file with all we keep about you: your account, your sessions, where you are signed in, and
            what happened to your account’s safety. It is JSON, which other programs can read.
          </p>
          <p>The file is not encrypted. Keep it where nobody else can read it.</p>
          {/* A form of the browser's own: what comes back is a file and no page. */}
          <form method="post" action="/settings/data/export">
            <input type="hidden" name="userId" value={userId} />
            <button className={buttonStyle('primary')}>Download my data</button>
          </form>
        </Section>
        <Section title="Delete your account">
          <p>Your account and all we keep about you are deleted at once, and cannot be brought back.</p>
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
