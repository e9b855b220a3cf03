import type { MetaFunction } from '@remix-run/node'
import { pageTitle } from '../../ui/pageTitle.ts'

/**
 * The head of a page that has a token in its address. Nothing but our origin is told to anybody, so that the token stays
 * here. The header says to tell nothing at all; but then the form would come with `Origin: null`, and a browser that sends
 * no Sec-Fetch-Site would have it refused.
 */
export function linkPageMeta(title: string): ReturnType<MetaFunction> {
  return [{ title: pageTitle(title) }, { name: 'referrer', content: 'strict-origin' }]
}
