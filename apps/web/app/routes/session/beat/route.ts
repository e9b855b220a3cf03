import { data } from '@remix-run/node'
import type { ActionFunctionArgs } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { ApiUnreachableError } from '@wellness/api-client/apiUnreachableError'
import { RefreshSessionDocument } from '@wellness/api-client/operations'
import { apiFor } from '../../../.server/api.ts'
import { loginCookie } from '../../../.server/loginCookie.ts'
import type { BeatAnswer } from './beatAnswer.ts'

/** Keeps a session alive for its page. A refused login is only told: the page goes on, and the next beat may bear a new one. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { answer, status } = await beat(args)
  return Response.json(answer, { status })
}

async function beat(args: ActionFunctionArgs): Promise<{ answer: BeatAnswer; status: number }> {
  const token = loginCookie.find(args.request, args.context.config)
  if (!token) return { answer: { state: 'signedOut' }, status: 401 }

  const id = String((await args.request.formData()).get('sessionId') ?? '')
  try {
    const { refreshSession } = await apiFor(args, token).request(RefreshSessionDocument, { input: { id } })
    const codes = refreshSession.userErrors.map(({ code }) => code)
    if (codes.includes('SESSION_OVER')) return { answer: { state: 'over' }, status: 200 }
    if (codes.length > 0) return { answer: { state: 'unknown' }, status: 404 }
    return { answer: { state: 'live', serverNow: Date.parse(refreshSession.serverTime) }, status: 200 }
  } catch (error) {
    if (error instanceof ApiError && error.status === 401)
      return { answer: { state: 'signedOut' }, status: 401 }
    if (error instanceof ApiError || error instanceof ApiUnreachableError) {
      args.context.logError(error, 'a beat did not arrive')
      return { answer: { state: 'away' }, status: 503 }
    }
    throw error
  }
}

/** Beats are posted; whoever opens the address gets what an unknown one gets. */
export function loader(): never {
  throw data(null, { status: 404 })
}
