import { data } from '@remix-run/node'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageFiles } from '../../../partner-pages/pageFiles.ts'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SidePages } from '../../ui/SidePages.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { findPartnerPage } from './partnerPages.server.ts'
import stylesheet from './partners.css?url'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheet }]

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.title ?? 'For developers') },
]

export function loader({ params, context }: LoaderFunctionArgs) {
  const page = findPartnerPage(params['page'] ?? '', context.config)
  if (!page) throw data(null, { status: 404 })
  return page
}

const pages = pageFiles.map(({ slug, name }) => ({
  to: slug === '' ? '/partners' : `/partners/${slug}`,
  name,
  isWhole: true,
}))

/** What programs of others can do here, and how: each page is made by the build of a file in the repository. */
export default function PartnerPage() {
  const { title, blocks } = useLoaderData<typeof loader>()
  return (
    <SidePages label="For developers" pages={pages}>
      <article className="partner-page">
        <PageIntro title={title} />
        {blocks.map((block, index) =>
          block.kind === 'code' ? (
            <CodeBlock key={index} label={block.label} code={block.code} />
          ) : (
            // Of our own files, and of few elements: the build lets nothing else through.
            <div key={index} className="markup" dangerouslySetInnerHTML={{ __html: block.html }} />
          ),
        )}
      </article>
    </SidePages>
  )
}
