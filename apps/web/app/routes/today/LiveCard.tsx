import { Form } from '@remix-run/react'
import type { SessionText } from '../../.server/describeSession.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { StartFields } from './StartFields.tsx'
import type { StartValues } from './StartFields.tsx'

/** The session that is running, and the ways on from here. */
export function LiveCard({ live, start }: { live: SessionText; start: StartValues }) {
  return (
    <section aria-labelledby="live-title" className="rounded-3xl border border-hair bg-surface p-6 sm:p-8">
      <h2 id="live-title" className="text-2xl">
        Your session is running
      </h2>
      <p className="mt-2 text-muted">
        Since <time dateTime={live.startedAt}>{live.startTime}</time>. It runs until you end it, or closes
        itself if you’re away for a while.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to="/session">Go back to it</ButtonLink>
        <Form method="post" className="flex flex-wrap gap-3">
          <StartFields start={start} />
          <input type="hidden" name="sessionId" value={live.id} />
          <SubmitButton look="quiet" name="intent" value="end" busyText="Ending…">
            End it
          </SubmitButton>
          <SubmitButton look="quiet" name="intent" value="replace" busyText="Starting…">
            End it and start a new one
          </SubmitButton>
        </Form>
      </div>
    </section>
  )
}
