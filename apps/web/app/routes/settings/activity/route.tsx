import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import { ListPages } from '../../../ui/ListPages.tsx'
import { Moment } from '../../../ui/Moment.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { eventTexts } from './eventTexts.ts'
import { loadActivity } from './loadActivity.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Activity') }]

export function loader(args: LoaderFunctionArgs) {
  return loadActivity(args)
}

export default function Activity() {
  const { events, newer, older } = useLoaderData<typeof loader>()
  return (
    <>
      <PageIntro title="Activity">
        <p>What has happened to your account’s security in the last {RETENTION_DAYS.securityEvents} days.</p>
      </PageIntro>
      {events.length === 0 ? (
        <p className="mt-6 text-muted">Nothing in that time.</p>
      ) : (
        <ul className="mt-6 overflow-hidden rounded-3xl border border-hair bg-surface">
          {events.map(({ id, kind, moment, from }) => (
            <li key={id} className="border-b border-hair px-5 py-3.5 last:border-b-0">
              <p className="font-semibold">{eventTexts[kind]}</p>
              <p className="text-[0.9375rem] break-words text-muted">
                <Moment moment={moment} />
                {from && ` · ${from}`}
              </p>
            </li>
          ))}
        </ul>
      )}
      <ListPages label="Pages of the activity" newer={newer} older={older} />
      <p className="mt-8">
        See something that wasn’t you?{' '}
        <Link to="/settings/password" className="link">
          Change your password
        </Link>
        . That signs out every other device.
      </p>
    </>
  )
}
