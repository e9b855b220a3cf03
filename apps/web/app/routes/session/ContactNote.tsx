import { Link } from '@remix-run/react'
import type { Contact } from './useBeats.ts'

/** How the page stands with the server, said only when there is something to say. */
export function ContactNote({ contact, beatNow }: { contact: Contact; beatNow: () => void }) {
  return (
    <div
      role="status"
      className="min-h-7 max-w-md text-center text-[0.9375rem] text-muted [&_a]:text-link [&_a]:underline"
    >
      {contact === 'away' && (
        <p>
          We can’t reach our server just now. Keep breathing: your session goes on, and we’ll catch up on our
          own.
        </p>
      )}
      {contact === 'signedOut' && (
        <p>
          You’re signed out in this browser. <Link to="/sign-in?redirectTo=%2Fsession">Sign in again</Link>{' '}
          within the hour and this session goes on.
        </p>
      )}
      {contact === 'idle' && (
        <p>
          It’s an hour since you last touched this page.{' '}
          <button type="button" onClick={beatNow} className="min-h-11 text-link underline underline-offset-4">
            I’m still here
          </button>
        </p>
      )}
    </div>
  )
}
