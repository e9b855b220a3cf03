import { redirect, redirectDocument } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'

/** Leads to a page of ours; to the explorer by loading it whole, since it has a Content-Security-Policy of its own. */
export function redirectTo(path: string, init?: ResponseInit): TypedResponse<never> {
  const isExplorer = /^\/explorer(?:[?#]|$)/.test(path)
  return (isExplorer ? redirectDocument : redirect)(path, init)
}
