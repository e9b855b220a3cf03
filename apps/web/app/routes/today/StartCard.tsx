import { Form } from '@remix-run/react'
import { Rings } from '../../ui/Rings.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { StartFields } from './StartFields.tsx'
import type { StartValues } from './StartFields.tsx'

/** The way into a session. */
export function StartCard({ start }: { start: StartValues }) {
  return (
    <section
      aria-labelledby="start-title"
      className="grid items-center gap-6 rounded-3xl border border-hair bg-surface p-6 sm:grid-cols-[1fr_12rem] sm:p-8"
    >
      <div>
        <h2 id="start-title" className="text-2xl">
          Take a quiet moment
        </h2>
        <p className="mt-2 max-w-md text-muted">
          Gentle breath: in for four seconds, out for six, without holding. Stay for as long as it feels good,
          up to three hours.
        </p>
        <Form method="post" className="mt-6">
          <StartFields start={start} />
          <SubmitButton name="intent" value="start" busyText="Starting…">
            Start a session
          </SubmitButton>
        </Form>
      </div>
      <div className="hidden sm:block" aria-hidden="true">
        <Rings />
      </div>
    </section>
  )
}
