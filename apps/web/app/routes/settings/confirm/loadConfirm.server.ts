import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { sensitiveActs } from './sensitiveActs.server.ts'

/**
 * Whose password is wanted, and what for. The act goes into the page's form: were it read from the cookie again when the
 * form comes back, another tab could have put something else there than what is shown here.
 */
export async function loadConfirm(args: RouteArgs) {
  const me = await loadMe(args)
  const kept = keptForm.findAny(args, { userId: me.id })
  const description = kept && sensitiveActs.get(kept.path)?.describe(kept.values)
  return {
    email: me.email,
    description: description ?? null,
    act: kept && description ? JSON.stringify(kept) : '',
    back: kept && description ? `${kept.path}?left` : '/settings',
  }
}
