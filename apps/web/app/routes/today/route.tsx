import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { SessionList } from '../../features/sessions/SessionList.tsx'
import { UndoneNotice } from '../../features/sessions/UndoneNotice.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { LapsedNotice } from './LapsedNotice.tsx'
import { LiveCard } from './LiveCard.tsx'
import { StartCard } from './StartCard.tsx'
import { loadToday } from './loadToday.server.ts'
import { postToday } from './postToday.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Today') }]

export function loader(args: LoaderFunctionArgs) {
  return loadToday(args)
}

export function action(args: ActionFunctionArgs) {
  return postToday(args)
}

export default function Today() {
  const { name, wantedSignUp, live, lapsed, undone, last, start } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  return (
    <>
      <PageIntro title={name ? `Hello, ${name}` : 'Today'} isClamped />
      <div className="mt-6 grid items-start gap-x-10 gap-y-12 lg:grid-cols-[1.35fr_1fr]">
        <div className="grid gap-6">
          <FormErrors state={state} />
          {wantedSignUp && !state && (
            <Notice isNews>
              <p>You already have an account, and you’re signed in. To create another, sign out first.</p>
            </Notice>
          )}
          {undone && !state && <UndoneNotice intent={undone.intent} />}
          {lapsed && <LapsedNotice lapsed={lapsed} />}
          {live ? <LiveCard live={live} start={start} /> : <StartCard start={start} />}
        </div>
        <section aria-labelledby="last-title">
          <h2 id="last-title" className="text-xl">
            Your last sessions
          </h2>
          {last.sessions.length > 0 ? (
            <>
              <div className="mt-4">
                <SessionList {...last} />
              </div>
              <p className="mt-4">
                <Link to="/history" className="link inline-flex min-h-6 items-center">
                  See all of them
                </Link>
              </p>
            </>
          ) : (
            <p className="mt-3 text-muted">
              None yet. Your sessions will be listed here with their date and length.
            </p>
          )}
        </section>
      </div>
    </>
  )
}
