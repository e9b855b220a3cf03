import { redirect } from '@remix-run/node'

/** Settings have one page so far. */
export function loader() {
  return redirect('/settings/profile')
}

/** Whatever is posted here was meant for a page behind it. */
export const action = loader
