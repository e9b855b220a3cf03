import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'

/** Stands where the link of a mail leads when its token is missing. */
export function LinkCutShort({ to, wayOn }: { to: string; wayOn: string }) {
  return (
    <CardPage>
      <PageIntro title="This link is not whole">
        <p>Part of it is missing. Copy all of it from the mail, or go on here.</p>
      </PageIntro>
      <p className="mt-8">
        <ButtonLink to={to}>{wayOn}</ButtonLink>
      </p>
    </CardPage>
  )
}
