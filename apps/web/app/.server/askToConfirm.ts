import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'

/** Sends the person to show that it is them; there they find again what they had asked for. */
export function askToConfirm(cookie: string | null): TypedResponse<never> {
  return redirect('/settings/confirm', { headers: cookie === null ? {} : { 'set-cookie': cookie } })
}
