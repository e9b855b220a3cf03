import { Form } from '@remix-run/react'
import type { SessionText } from '../../.server/describeSession.ts'
import { Notice } from '../../ui/Notice.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'

/** Tells of a session that closed itself, until its person has taken note. */
export function LapsedNotice({ lapsed }: { lapsed: SessionText }) {
  return (
    <Notice>
      <Form method="post" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p>
          Your session closed itself at <span lang={lapsed.locale}>{lapsed.endTime}</span>. We kept{' '}
          {lapsed.length}.
        </p>
        <input type="hidden" name="sessionId" value={lapsed.id} />
        <SubmitButton look="quiet" name="intent" value="dismiss" busyText="Got it">
          Got it
        </SubmitButton>
      </Form>
    </Notice>
  )
}
