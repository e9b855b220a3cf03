import { exampleAddresses } from '../../../partner-pages/exampleAddresses.ts'
import { pageFiles } from '../../../partner-pages/pageFiles.ts'
import type { PageBlock, PartnerPage } from '../../../partner-pages/partnerPage.ts'
import type { WebConfig } from '../../../server/loadContext.ts'

/** Made by the build, of what lies in the repository. */
const made = import.meta.glob<PartnerPage>(
  ['../../../../../docs/partners/*.md', '../../../../../packages/api-client/README.md'],
  { query: '?page', import: 'default', eager: true },
)
const bySlug = new Map(
  pageFiles.map(({ slug, file }) => [slug, Object.entries(made).find(([path]) => path.endsWith(file))?.[1]]),
)

/** A page with the addresses of this very site, so that its examples run as they are copied; null where there is none. */
export function findPartnerPage(slug: string, config: WebConfig): PartnerPage | null {
  const page = bySlug.get(slug)
  return page ? { title: page.title, blocks: page.blocks.map((block) => withAddresses(block, config)) } : null
}

function withAddresses(block: PageBlock, { publicApiUrl, origin }: WebConfig): PageBlock {
  const { api, web } = exampleAddresses
  const replace = (text: string, own: (address: string) => string) =>
    text.replaceAll(api, () => own(publicApiUrl)).replaceAll(web, () => own(origin))
  return block.kind === 'code'
    ? { ...block, code: replace(block.code, (address) => address) }
    : { ...block, html: replace(block.html, escape) }
}

function escape(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
