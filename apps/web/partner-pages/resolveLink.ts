import { posix } from 'node:path'
import { exampleAddresses } from './exampleAddresses.ts'
import { pageFiles } from './pageFiles.ts'

const { api, web } = exampleAddresses
/** The published schema of a day, and what keys may see of it. */
const SCHEMA_FILE = /^docs\/partners\/schema\/(?<name>[\w.-]+)$/
/** Without the site before it, what begins with two slashes is an address of another one; browsers read `\` as a slash, and drop tabs. */
const OWN_PATH = /^\/(?!\/)[^\\\s]*$/

/**
 * Where a link of a file leads on the site.
 *
 * @throws for a link to what the site does not have: nothing of a page leads to another site, or runs anything.
 */
export function resolveLink(href: string, file: string): string {
  if (href.startsWith('#')) return href
  if (href.startsWith(`${web}/`) && OWN_PATH.test(href.slice(web.length))) return href.slice(web.length)
  if (href.startsWith(`${api}/`)) return href
  const [path = '', fragment] = href.split('#')
  const target = posix.join(posix.dirname(file), path)
  const page = pageFiles.find((one) => one.file === target)
  const schema = SCHEMA_FILE.exec(target)?.groups?.['name']
  if (page) return `/partners${page.slug && `/${page.slug}`}${fragment === undefined ? '' : `#${fragment}`}`
  if (schema) return `/partners/schema/${schema}`
  throw new Error(`${file} has a link that leads nowhere: ${href}`)
}
