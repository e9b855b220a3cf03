import { isRouteErrorResponse } from '@remix-run/react'

const byStatus: Record<number, { title: string; text: string }> = {
  404: {
    title: 'There’s no page here',
    text: 'There may be a typo in the address, or the page is gone. Nothing of yours is lost.',
  },
  409: {
    title: 'Somebody else is signed in here now',
    text: 'This page was open for another account, so nothing was done. To carry on with that account, sign out and sign in to it again.',
  },
  429: {
    title: 'A little too fast',
    text: 'That was a lot of requests in a short time. Please wait a minute, then try again.',
  },
  503: {
    title: 'We can’t reach our server just now',
    text: 'What you’ve done so far is safe, and a running session carries on by itself. Please try again in a moment.',
  },
}
const unexpected = {
  title: 'Something went wrong on our side',
  text: 'It’s nothing you did, and what you’ve done so far is safe. Please try again in a moment.',
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
