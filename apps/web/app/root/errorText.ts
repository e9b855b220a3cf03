import { isRouteErrorResponse } from '@remix-run/react'

const byStatus: Record<number, { title: string; text: string }> = {
  404: {
    title: 'There is no page here',
    text: 'The address may have a slip in it, or what was here is gone. Nothing of yours is lost.',
  },
  409: {
    title: 'Somebody else is signed in here now',
    text: 'This page was open for another account, so nothing was done. To go on with that account, sign out, then sign in with it again.',
  },
  429: {
    title: 'A little too fast',
    text: 'We answer only so many requests in a short time. Wait a minute, then try again.',
  },
  503: {
    title: 'We can’t reach our server just now',
    text: 'What you have done before is safe, and a session that is running goes on by itself. Please try again in a moment.',
  },
}
const unexpected = {
  title: 'Something went wrong on our side',
  text: 'Nothing you did caused this, and what you have done before is safe. Please try again in a moment.',
}

/** What a page that could not be shown says instead. */
export function errorText(error: unknown): { status: number; title: string; text: string } {
  const status = isRouteErrorResponse(error) ? error.status : isNetworkFailure(error) ? 503 : 500
  return { status, ...(byStatus[status] ?? unexpected) }
}

/** The browser could not fetch the page's data; each names it in its own words. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message)
}
