import { redirect } from '@remix-run/node'
import { EndSessionDocument, RefreshSessionDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../.server/api.ts'
import { FormRefusal } from '../../.server/formRefusal.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loginCookie } from '../../.server/loginCookie.ts'
import { submitForm } from '../../.server/submitForm.ts'
import { undone } from '../../.server/undone.ts'

const schema = z.object({ intent: z.enum(['end', 'beat']), sessionId: z.string().max(64) })

/** Ends the session, or keeps it alive for somebody without scripts. */
export function postSession(args: RouteArgs) {
  const api = apiFor(args, loginCookie.find(args.request, args.context.config))
  return submitForm(args, {
    schema,
    hidden: Object.keys(schema.shape),
    keep: (values) => undone.set(values, args),
    async work({ intent, sessionId }) {
      const input = { id: sessionId }
      if (intent === 'beat') {
        const { refreshSession } = await api.request(RefreshSessionDocument, { input })
        const isOver = refreshSession.userErrors.some(({ code }) => code === 'SESSION_OVER')
        if (!isOver) FormRefusal.throwIfAny(refreshSession.userErrors)
        return redirect(isOver ? `/session/${sessionId}` : '/session')
      }
      const { endSession } = await api.request(EndSessionDocument, { input })
      FormRefusal.throwIfAny(endSession.userErrors)
      return redirect(`/session/${sessionId}`)
    },
  })
}
