import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Column } from '../../ui/Column.tsx'
import { SessionList } from '../../features/sessions/SessionList.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ListPages } from '../../ui/ListPages.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { loadHistory } from './loadHistory.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('History') }]

export function loader(args: LoaderFunctionArgs) {
  return loadHistory(args)
}

export default function History() {
  const { locale, months, newer, older } = useLoaderData<typeof loader>()
  return (
    <Column width="list">
      <PageIntro title="History">
        {months.length === 0 ? (
          <p>Nothing here yet. Your first session will show up here.</p>
        ) : (
          <p>Times are in the time zone each session was held in.</p>
        )}
      </PageIntro>

      {months.length === 0 && (
        <p className="mt-8">
          <ButtonLink to="/today">Go to today</ButtonLink>
        </p>
      )}
      {months.map(({ name, sessions }) => (
        <section key={name} className="mt-8">
          <h2 lang={locale} className="text-xl first-letter:uppercase">
            {name}
          </h2>
          <div className="mt-3">
            <SessionList sessions={sessions} locale={locale} />
          </div>
        </section>
      ))}

      <ListPages label="Pages of the history" newer={newer} older={older} />
    </Column>
  )
}
