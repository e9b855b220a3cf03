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
    currentPassword = '',
    newPassword = '',
    newEmail = '',
    loginId = '',
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
    case 'reset-password':
      return [command('requestPasswordReset', { email })]
    case 'reset-password/complete':
      return [command('resetPassword', { token, password })]
    case 'confirm-email':
      return [command('confirmEmailChange', { token })]
    case 'security/not-me':
      return [command('reportNotMe', { token })]
    case 'settings/password':
      return [command('changePassword', { currentPassword, newPassword })]
    case 'settings/email':
      return [command('requestEmailChange', { newEmail })]
    case 'settings/confirm':
      return [command('confirmIdentity', { password })]
    case 'settings/data/export':
      return [command('exportAccount')]
    case 'settings/data/delete':
      return [command('deleteUser', { email })]
    case 'settings/devices':
      if (intent === 'one') return [command('revokeLogin', { id: loginId })]
      if (intent === 'others') return [command('revokeOtherLogins')]
      return intent === 'all' ? [command('revokeAllLogins')] : []
    default:
      return []
  }
}
