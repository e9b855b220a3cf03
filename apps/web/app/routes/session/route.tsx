import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigate } from '@remix-run/react'
import type { ClientActionFunctionArgs, ShouldRevalidateFunction } from '@remix-run/react'
import { useCallback } from 'react'
import { UndoneNotice } from '../../features/sessions/UndoneNotice.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import type { FormState } from '../../ui/formState.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'
import { useHydrated } from '../../ui/useHydrated.ts'
import { BreathingCircle } from './BreathingCircle.tsx'
import { ContactNote } from './ContactNote.tsx'
import { ElapsedTime } from './ElapsedTime.tsx'
import { loadSession } from './loadSession.server.ts'
import { postSession } from './postSession.server.ts'
import { useBeats } from './useBeats.ts'
import { useServerClock } from './useServerClock.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Session') }]

export function loader(args: LoaderFunctionArgs) {
  return loadSession(args)
}

export function action(args: ActionFunctionArgs) {
  return postSession(args)
}

const OFFLINE: FormState = {
  values: {},
  fieldErrors: {},
  codes: [],
  formErrors: [
    'You are offline, so your session could not be ended yet. Try again when you are back. You can also just close this page: your session then closes itself, and your time is kept.',
  ],
}

/** Offline, a post that fails must not take the session's page away. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>()
  } catch (error) {
    if (error instanceof TypeError) return OFFLINE
    throw error
  }
}

/** A refused end changes nothing that this page shows, and the API it would ask may be away. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  actionStatus,
  defaultShouldRevalidate,
  actionResult,
}) =>
  actionResult === OFFLINE || (actionStatus !== undefined && actionStatus >= 400)
    ? false
    : defaultShouldRevalidate

export default function LiveSession() {
  const { id, startedAt, startTime, keptUntil, locale, renderedAt, undone } = useLoaderData<typeof loader>()
  const state = useActionData<typeof clientAction>()
  const navigate = useNavigate()
  const isHydrated = useHydrated()
  const clock = useServerClock(renderedAt)
  const { contact, beatNow } = useBeats(id, {
    live: clock.correct,
    over: () => navigate(`/session/${id}`, { replace: true }),
  })

  const { now } = clock
  const elapsedMsNow = useCallback(() => now() - Date.parse(startedAt), [now, startedAt])
  const elapsed = { elapsedMsAtRender: renderedAt - Date.parse(startedAt), elapsedMsNow }
  return (
    <div className="practice">
      <h1 className="sr-only">Your session</h1>
      <FormErrors state={state} />
      {undone && !state && <UndoneNotice intent={undone.intent} />}
      <BreathingCircle {...elapsed} />
      <div className="grid justify-items-center gap-5">
        <p className="text-center text-lg">Breathe in for 4 seconds, then out for 6.</p>
        <div className="grid justify-items-center">
          <ElapsedTime {...elapsed} />
          <p className="text-muted">
            since{' '}
            <time lang={locale} dateTime={startedAt}>
              {startTime}
            </time>
          </p>
        </div>
        <Form method="post">
          <input type="hidden" name="sessionId" value={id} />
          <SubmitButton name="intent" value="end" busyText="Ending…">
            End the session
          </SubmitButton>
        </Form>
        <ContactNote contact={contact} beatNow={beatNow} />
        {!isHydrated && (
          <Form
            method="post"
            className="without-script grid max-w-md justify-items-center gap-3 text-center text-muted"
          >
            <input type="hidden" name="sessionId" value={id} />
            <p>
              Without JavaScript, this page can’t tell that you’re here. Press this now and then; otherwise
              the session closes itself at <span lang={locale}>{keptUntil}</span>.
            </p>
            <SubmitButton look="quiet" name="intent" value="beat" busyText="I’m still here">
              I’m still here
            </SubmitButton>
          </Form>
        )}
      </div>
    </div>
  )
}
