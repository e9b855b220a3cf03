import type { Command } from './command.ts'
import type { FuzzRequest } from './fuzzRequest.ts'

/** What a form, posted where it belongs, asks for. Of a field that stands there twice the last one counts. */
export function formCommands(request: FuzzRequest): Command[] {
  if (request.method !== 'POST' || request.raw !== null) return []
  const bytes = Buffer.from(request.body, request.encoding)
  const form = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  const command = (field: string, input: Record<string, unknown> = {}): Command => ({
    field,
    input,
    payload: null,
  })
  const {
    intent,
    name = '',
    email = '',
    password = '',
    token = '',
    sessionId = '',
    clientSessionId,
    timeZone,
  } = form
  const start = command('startSession', { clientSessionId, timeZone })
  const end = command('endSession', { id: sessionId })
  const path = request.path
    .split('?', 1)[0]
    ?.replace(/\.data$/, '')
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase()
  switch (path) {
    case 'settings/profile':
      return [command('updateProfile', { name })]
    case 'today':
      if (intent === 'start') return [start]
      if (intent === 'replace') return [end, start]
      return intent === 'end' ? [end] : []
    case 'session':
      return intent === 'end' ? [end] : []
    case 'sign-in':
      return [command('signIn', { email, password })]
    case 'sign-up':
      return [command('requestSignUp', { email })]
    case 'sign-up/complete':
      return [command('completeSignUp', { token, password, name })]
    case 'sign-out':
      return [command('signOut')]
    default:
      return []
  }
}
