import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import type { Kept } from './keptForm.ts'

/** Sends the person to show that it is them; there they find again what they had asked for. */
export function askToConfirm({ id, cookie }: Kept): TypedResponse<never> {
  return redirect(id === null ? '/settings/confirm' : `/settings/confirm?kept=${id}`, {
    headers: cookie === null ? {} : { 'set-cookie': cookie },
  })
}
