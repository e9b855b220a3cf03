import { doneNews } from '../../.server/doneNews.ts'
import type { Done } from '../../.server/doneNews.ts'
import { keptForm } from '../../.server/keptForm.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'

/** What a page with a form has to tell its owner: what of it waits since they were interrupted, and what was just done. */
export function takeFormNews<Wanted extends Done>(
  args: RouteArgs,
  owner: { id: string },
  ...wanted: Wanted[]
): {
  kept: Record<string, string> | null
  done: Wanted | null
  headers: [string, string][]
} {
  const { pathname } = new URL(args.request.url)
  const { form, wasNamed } = keptForm.find(args, owner)
  const isHere = form?.path === pathname
  if (wasNamed && !isHere) throw doneNews.redirect(pathname, 'nothing-waits', args)
  return { kept: isHere ? form.values : null, ...doneNews.take(args, ...wanted) }
}
