import type { MetaFunction } from '@remix-run/node'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Goodbye') }]

export default function Goodbye() {
  return (
    <CardPage>
      <PageIntro title="Goodbye, and take care">
        <p>Your account is deleted, and you are signed out everywhere. One last mail says so.</p>
      </PageIntro>
      <p className="mt-6">If you ever want to come back, you are welcome: you start afresh then.</p>
      <p className="mt-8">
        <ButtonLink to="/" look="quiet">
          Go to the start page
        </ButtonLink>
      </p>
    </CardPage>
  )
}
