import { redirect } from '@remix-run/node'

/** Settings have no page of their own: the first of them stands for all, and each names the others. */
export function loader() {
  return redirect('/settings/profile')
}

/** Whatever is posted here was meant for a page behind it. */
export const action = loader
