import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { EndSessionDocument, StartSessionDocument } from '@wellness/api-client/operations'
import { timeZone } from '@wellness/domain/timeZone'
import { z } from 'zod'
import { apiFor } from '../../.server/api.ts'
import { FormRefusal } from '../../.server/formRefusal.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loginCookie } from '../../.server/loginCookie.ts'
import { submitForm } from '../../.server/submitForm.ts'
import { undone } from '../../.server/undone.ts'
import { dismissedNotice } from './dismissedNotice.server.ts'

const schema = z.object({
  intent: z.enum(['start', 'replace', 'end', 'dismiss']),
  clientSessionId: z.uuid().optional(),
  // A zone that we do not know is no reason not to start.
  timeZone: timeZone.optional().catch(undefined),
  sessionId: z.string().max(64).optional(),
})

type Input = z.output<typeof schema>

export function postToday(args: RouteArgs) {
  const api = apiFor(args, loginCookie.find(args.request, args.context.config))

  async function start({ clientSessionId, timeZone }: Input): Promise<TypedResponse<never>> {
    const { startSession } = await api.request(StartSessionDocument, { input: { clientSessionId, timeZone } })
    FormRefusal.throwIfAny(startSession.userErrors)
    // One that runs already is shown on this page, with the ways on from it.
    if (startSession.alreadyLive) return redirect('/today')
    const { session } = startSession
    return redirect(session?.endedAt ? `/session/${session.id}` : '/session')
  }

  async function end({ sessionId = '' }: Input): Promise<TypedResponse<never>> {
    const { endSession } = await api.request(EndSessionDocument, { input: { id: sessionId } })
    FormRefusal.throwIfAny(endSession.userErrors)
    return redirect(`/session/${sessionId}`)
  }

  return submitForm(args, {
    schema,
    hidden: Object.keys(schema.shape),
    keep: (values) => undone.set(values, args),
    async work(input) {
      switch (input.intent) {
        case 'start':
          return start(input)
        case 'replace':
          await end(input)
          return start(input)
        case 'end':
          return end(input)
        case 'dismiss':
          return redirect('/today', {
            headers: { 'set-cookie': dismissedNotice.set(input.sessionId ?? '', args.context.config) },
          })
      }
    },
  })
}
