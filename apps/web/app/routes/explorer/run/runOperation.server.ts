import type { ActionFunctionArgs } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { MeDocument } from '@wellness/api-client/operations'
import { apiFor } from '../../../.server/api.ts'
import { callerHeaders } from '../../../.server/callerHeaders.ts'
import { loginCookie } from '../../../.server/loginCookie.ts'
import { sendToApi } from '../../../.server/sendToApi.ts'
import { findClosedMutation } from './findClosedMutation.server.ts'

/** Longer than the API lets an operation run: its answer says more than our silence. */
const TIMEOUT_MS = 12_000
/** What an answer's head tells of limits and of itself. */
const PASSED_ON = [
  'content-type',
  'retry-after',
  'x-request-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-used',
  'deprecation',
  'sunset',
]

/**
 * Passes an operation of the explorer on to the API and its answer back, as they are: for the key that was sent along, or
 * else for who is signed in here, if the page was shown to them. The token of the login stays on this side.
 */
export async function runOperation(args: ActionFunctionArgs): Promise<Response> {
  const { request, context } = args
  const form = await request.formData()
  const text = form.get('request')
  const asked = typeof text === 'string' ? readJson(text) : null
  if (!asked || typeof asked['query'] !== 'string')
    return refuse(400, 'BAD_REQUEST', 'The field `request` has to be a GraphQL request, as JSON.', args)
  const closed = findClosedMutation(asked['query'])
  if (closed !== null) {
    const message = `${closed} is not open to the explorer. What it does is done on this site's own pages, under Settings.`
    return refuse(403, 'FORBIDDEN', message, args)
  }
  const key = request.headers.get('authorization')
  const token = loginCookie.find(request, context.config)
  try {
    if (key === null && (await findUserId(args, token)) !== (form.get('userId') || null)) {
      const message = 'By now you are signed out here, or signed in as somebody else. Load the page anew.'
      return refuse(409, 'CONFLICT', message, args)
    }
    // A key that was pasted goes before the login: whoever pastes one wants to see what it may do.
    const authorization = key ?? (token && `Bearer ${token}`)
    const answer = await sendToApi(`${context.config.apiUrl}/graphql`, {
      method: 'POST',
      headers: {
        ...callerHeaders(args),
        ...(authorization && { authorization }),
        'content-type': 'application/json',
        accept: 'application/json',
      },
      // And nothing else of it: the name of a trusted document would be one that was not looked at.
      body: JSON.stringify({
        query: asked['query'],
        variables: asked['variables'],
        operationName: asked['operationName'],
      }),
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'error',
    })
    const headers = new Headers()
    for (const name of PASSED_ON) {
      const value = answer.headers.get(name)
      if (value !== null) headers.set(name, value)
    }
    return new Response(await answer.text(), { status: answer.status, headers })
  } catch (error) {
    if (!request.signal.aborted) context.logError(error, 'the explorer did not reach the API')
    return refuse(
      503,
      'SERVICE_UNAVAILABLE',
      'The API cannot be reached just now. Try again in a moment.',
      args,
    )
  }
}

/** Whose login it is. A page stays open while another person signs in on the same browser; what it runs was not meant for them. */
async function findUserId(args: ActionFunctionArgs, token: string | null): Promise<string | null> {
  if (token === null) return null
  try {
    const { me } = await apiFor(args, token).request(MeDocument)
    return me?.id ?? null
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return null
    throw error
  }
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function refuse(status: number, code: string, message: string, { context }: ActionFunctionArgs): Response {
  const extensions = { code, requestId: context.requestId }
  return Response.json({ errors: [{ message, extensions }] }, { status })
}
