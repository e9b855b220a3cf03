import { useActionData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { loader as rootLoader } from '../../root.tsx'
import { ErrorPage } from '../../root/ErrorPage.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { Section } from '../../ui/Section.tsx'
import type { FormState } from '../../ui/formState.ts'

/** With the API away a page cannot be shown, but what was typed into it must not be lost: its form is shown alone. */
export function UnsentForm({
  title,
  children,
}: {
  title: string
  children: (form: { userId: string; state: FormState }) => ReactNode
}) {
  const state = useActionData<FormState>()
  const error = useRouteError()
  const requestId = useRouteLoaderData<typeof rootLoader>('root')?.requestId
  if (!state) return <ErrorPage error={error} requestId={requestId} />
  return (
    <>
      <PageIntro title={title} />
      <div className="mt-6">
        <Section>{children({ userId: state.values['userId'] ?? '', state })}</Section>
      </div>
    </>
  )
}
