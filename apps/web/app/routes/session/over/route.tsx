import { redirect } from '@remix-run/node'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SessionByIdDocument } from '@wellness/api-client/operations'
import { useEffect } from 'react'
import { describeSession } from '../../../.server/describeSession.ts'
import { loadPage } from '../../../.server/loadPage.ts'
import { preferredLocale } from '../../../.server/preferredLocale.ts'
import { sessionNews } from '../../../features/sessions/sessionNews.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { pageTitle } from '../../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Your session') }]

export async function loader(args: LoaderFunctionArgs) {
  const id = args.params['sessionId'] ?? ''
  const { node } = await loadPage(args, (api) => api.request(SessionByIdDocument, { id }))
  if (node?.__typename !== 'Session') throw new Response(null, { status: 404 })
  if (node.endedAt === null) throw redirect('/session')
  return describeSession(node, preferredLocale(args.request))
}

export default function SessionOver() {
  const { date, startedAt, startTime, endTime, length, isoLength, closedItself, locale } =
    useLoaderData<typeof loader>()
  useEffect(() => sessionNews.tell(), [])
  return (
    <div className="mx-auto grid max-w-xl justify-items-center gap-4 py-6 text-center sm:py-12">
      <svg width="64" height="64" viewBox="0 0 64 64" className="size-16" aria-hidden="true">
        <circle cx="32" cy="32" r="30" fill="var(--ring-core)" opacity=".5" />
        <circle cx="32" cy="32" r="21" fill="var(--ring-core)" />
        <path
          d="m23 33 6.5 6.5L42 27"
          fill="none"
          stroke="var(--ring-ink)"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <h1 className="text-[1.75rem] sm:text-4xl">
        {closedItself ? 'Your session closed itself' : 'Your session is kept'}
      </h1>
      <p className="text-5xl font-semibold tracking-tight sm:text-6xl">
        <time dateTime={isoLength ?? undefined}>{length}</time>
      </p>
      <p lang={locale} className="text-lg text-muted">
        <time dateTime={startedAt}>{date}</time>, {startTime} – {endTime}
      </p>
      {closedItself && (
        <p className="max-w-md text-muted">
          We didn’t hear from your page for a while, so it closed itself at {endTime}. We kept {length}: all
          the time until we last heard from you.
        </p>
      )}
      <p className="mt-4 flex flex-wrap justify-center gap-3">
        <ButtonLink to="/today">Go to today</ButtonLink>
        <ButtonLink to="/history" look="quiet">
          See your history
        </ButtonLink>
      </p>
    </div>
  )
}
