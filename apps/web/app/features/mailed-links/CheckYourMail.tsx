import type { ReactNode } from 'react'
import { CardPage } from '../../ui/CardPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'

/** After a link was asked for: what comes by mail, and what to do if it does not. */
export function CheckYourMail({
  askingPath,
  text,
  hint,
}: {
  askingPath: string
  text: ReactNode
  hint: ReactNode
}) {
  return (
    <CardPage>
      <PageIntro title="Check your mail">
        <p>{text} The link works once, for one hour.</p>
      </PageIntro>
      <div className="prose mt-8">
        <p>Nothing there after a few minutes?</p>
        <ul>
          <li>Look in your spam folder.</li>
          <li>
            Check the address for typos, and{' '}
            <a href={askingPath} className="link">
              ask for another link
            </a>{' '}
            if you find one.
          </li>
          <li>{hint}</li>
        </ul>
        <p className="text-muted">You can close this page.</p>
      </div>
    </CardPage>
  )
}
