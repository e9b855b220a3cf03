import { doneNews } from '../../.server/doneNews.ts'
import type { Done } from '../../.server/doneNews.ts'
import { keptForm } from '../../.server/keptForm.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'

/** What a page with a form has to tell its owner once: what of it waits since they were interrupted, and what was just done. */
export function takeFormNews<Wanted extends Done>(
  args: RouteArgs,
  owner: { id: string },
  ...wanted: Wanted[]
): {
  kept: Record<string, string> | null
  done: Wanted | null
  headers: [string, string][]
} {
  const kept = keptForm.find(args, { userId: owner.id })
  const wasLeft = new URL(args.request.url).searchParams.has('left')
  const { done, headers } = doneNews.take(args, ...wanted)
  return {
    kept: kept && !wasLeft ? kept.values : null,
    done,
    headers: kept ? [...headers, ['set-cookie', keptForm.clear(args)]] : headers,
  }
}
