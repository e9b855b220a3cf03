import type { MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { Column } from '../../ui/Column.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Terms') }]

export default function Terms() {
  return (
    <Column width="text">
      <PageIntro title="Terms">
        <p>Short enough to read.</p>
      </PageIntro>
      <div className="prose mt-6">
        <h2>What this is</h2>
        <p>
          An app for everyday wellbeing: timed sessions with a breathing circle, and a record of them. It
          isn’t medical care, it makes no promise about your health, and it doesn’t replace anyone who treats
          you.
        </p>
        <h2>Take care of yourself</h2>
        <p>
          Stop whenever something feels wrong, and breathe normally. If you feel light-headed or unwell, stop.
          If you have a heart or breathing condition, or are pregnant, ask a clinician first. If things are
          hard,{' '}
          <Link to="/support" className="link">
            here are people to talk to
          </Link>
          .
        </p>
        <h2>Your account</h2>
        <ul>
          <li>You are 16 or older.</li>
          <li>The account is yours alone; keep its password to yourself.</li>
          <li>Don’t try to break the service or get at other people’s data.</li>
          <li>You can stop using it at any time.</li>
        </ul>
        <h2>The service</h2>
        <p>
          We do our best to keep it working and your sessions safe, but it may be unavailable at times. The{' '}
          <Link to="/privacy" className="link">
            privacy notice
          </Link>{' '}
          says what we keep.
        </p>
      </div>
    </Column>
  )
}
