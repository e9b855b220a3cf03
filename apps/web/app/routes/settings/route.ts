import { redirect } from '@remix-run/node'

/** Settings have one page so far. */
export function loader() {
  return redirect('/settings/profile')
}
