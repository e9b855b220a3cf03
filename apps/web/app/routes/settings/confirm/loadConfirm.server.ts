import { doneNews } from '../../../.server/doneNews.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { sensitiveActs } from './sensitiveActs.server.ts'

/**
 * Whose password is wanted, and what for. The act goes into the page's form: what is shown is what is done, also when the
 * cookie has lost it meanwhile.
 */
export async function loadConfirm(args: RouteArgs) {
  const me = await loadMe(args)
  const { form, wasNamed } = keptForm.find(args, me)
  const description = form && sensitiveActs.get(form.path)?.describe(form.values)
  if (wasNamed && !description) throw doneNews.redirect('/settings/profile', 'nothing-waits', args)
  return {
    email: me.email,
    description: description ?? null,
    act: form ? JSON.stringify(form) : '',
    back: form?.path ?? '/settings',
  }
}
