import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { lazy, Suspense } from 'react'
import { findMe } from '../../.server/findMe.ts'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { useHydrated } from '../../ui/useHydrated.ts'

/** Some megabytes, which nobody but who opens this page should fetch. */
const Explorer = lazy(() => import('./Explorer.client.tsx'))

export const meta: MetaFunction = () => [{ title: pageTitle('API explorer') }]

export async function loader(args: LoaderFunctionArgs) {
  const me = await findMe(args)
  return { userId: me?.id ?? null, email: me?.email ?? null, apiUrl: args.context.config.publicApiUrl }
}

export default function ExplorerPage() {
  const { userId, email, apiUrl } = useLoaderData<typeof loader>()
  const isHydrated = useHydrated()
  return (
    <>
      <PageIntro title="API explorer">
        <p>
          Try the GraphQL API here: read its documentation, run the examples, write your own. How to use it
          from a program is told in{' '}
          <a className="link" href="/partners">
            the guide for developers
          </a>
          .
        </p>
      </PageIntro>
      {isHydrated ? (
        <Suspense fallback={<p className="mt-8 text-muted">The editor is on its way …</p>}>
          <Explorer userId={userId} email={email} apiUrl={apiUrl} />
        </Suspense>
      ) : (
        <WithoutScript apiUrl={apiUrl} />
      )}
    </>
  )
}

/** The editor is a script; what it is for works with any client. */
function WithoutScript({ apiUrl }: { apiUrl: string }) {
  return (
    <div className="without-script prose mt-6">
      <p>
        The editor needs JavaScript. The API doesn’t need the editor: its address is{' '}
        <code className="break-all">{apiUrl}/graphql</code>, and its whole schema with its documentation is at{' '}
        <a className="link break-all" href={`${apiUrl}/schema.graphql`}>
          {apiUrl}/schema.graphql
        </a>
        .
      </p>
    </div>
  )
}
