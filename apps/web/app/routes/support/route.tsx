import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Column } from '../../ui/Column.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { isVerified } from './isVerified.ts'
import { supportLines } from './supportLines.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Need support now?') }]

export function loader() {
  const now = new Date()
  return { lines: supportLines.filter((line) => isVerified(line, now)) }
}

export default function Support() {
  const { lines } = useLoaderData<typeof loader>()
  return (
    <Column width="text">
      <PageIntro title="Need support now?">
        <p>You don’t have to face this alone. Talking to someone can help, whatever it is.</p>
      </PageIntro>

      <div className="mt-8 grid gap-4">
        <section className="max-w-2xl rounded-2xl border-2 border-line bg-surface p-6">
          <h2 className="text-xl">In danger right now?</h2>
          <p className="mt-2">
            Call the emergency number of the country you’re in, or ask someone nearby to call for you.
          </p>
        </section>

        {lines.map((line) => (
          <section
            key={`${line.country} ${line.name}`}
            className="max-w-2xl rounded-2xl border border-hair bg-surface p-6"
          >
            <h2 className="text-xl">
              {line.country}: {line.name}
            </h2>
            <p className="mt-2">
              <a
                href={`tel:${line.phone.dial}`}
                className="link inline-flex min-h-11 items-center text-xl font-semibold"
              >
                {line.phone.text}
              </a>
            </p>
            <p>
              {line.hours}
              {line.textOption && <>. {line.textOption}</>}
            </p>
            <p className="text-sm text-muted">
              Checked on <time dateTime={line.lastVerified ?? undefined}>{line.lastVerified}</time>
            </p>
          </section>
        ))}

        <section className="max-w-2xl rounded-2xl border border-hair bg-surface p-6">
          <h2 className="text-xl">Find a helpline near you</h2>
          <p className="mt-2">
            These directories list free, confidential helplines by country, with their opening hours and ways
            to call, text or chat.
          </p>
          <ul className="mt-2">
            <li>
              <a
                href="https://findahelpline.com"
                rel="noreferrer"
                className="link inline-flex min-h-11 items-center"
              >
                findahelpline.com
              </a>
            </li>
            <li>
              <a
                href="https://befrienders.org"
                rel="noreferrer"
                className="link inline-flex min-h-11 items-center"
              >
                befrienders.org
              </a>
            </li>
          </ul>
          <p className="text-sm text-muted">Both lead away from this site.</p>
        </section>
      </div>

      <p className="mt-8 max-w-2xl text-muted">
        This app is for everyday wellbeing. It isn’t medical care, and no one here is watching your sessions.
      </p>
    </Column>
  )
}
