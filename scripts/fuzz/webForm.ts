import fc from 'fast-check'
import { fieldValues, KNOWN_ZONES } from './fieldValues.ts'
import { hostileText } from './hostileText.ts'
import { placeholders } from './placeholders.ts'
import { redirectTarget } from './redirectTarget.ts'

export interface WebForm {
  path: string
  fields: readonly (readonly [name: string, value: string])[]
}

const text = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> => value.map(String)
const zone = fc.oneof(fc.constantFrom(...KNOWN_ZONES), text(fieldValues.timeZone))

const userId = fc.constantFrom(placeholders.ownUser, placeholders.otherUser, 'x'.repeat(65))

/** The forms of the web app, by address, with the fields that each one reads. */
const forms: Record<string, Record<string, fc.Arbitrary<string>>> = {
  '/sign-in': {
    email: text(fieldValues.email),
    password: text(fieldValues.password),
    redirectTo: redirectTarget,
  },
  '/sign-up': { email: text(fieldValues.email) },
  '/sign-up/complete?token=x': {
    token: text(fieldValues['CompleteSignUpInput.token']),
    password: text(fieldValues.password),
    name: text(fieldValues.name),
  },
  '/sign-out': {},
  '/reset-password': { email: text(fieldValues.email) },
  '/reset-password/complete': {
    token: text(fieldValues['ResetPasswordInput.token']),
    password: text(fieldValues.newPassword),
  },
  '/confirm-email': { token: text(fieldValues['ConfirmEmailChangeInput.token']) },
  '/security/not-me': { token: text(fieldValues['ReportNotMeInput.token']) },
  '/today': {
    intent: fc.constantFrom('start', 'start', 'replace', 'end', 'dismiss', 'START', '__proto__', ''),
    clientSessionId: text(fieldValues.clientSessionId),
    timeZone: zone,
    sessionId: text(fieldValues.sessionId),
  },
  '/session': {
    intent: fc.constantFrom('end', 'beat', 'beat', 'start', ''),
    sessionId: text(fieldValues.sessionId),
  },
  '/session/beat': { sessionId: text(fieldValues.sessionId) },
  '/settings/profile': {
    name: text(fieldValues.name),
    userId,
  },
  '/settings/password': {
    currentPassword: text(fieldValues.currentPassword),
    newPassword: text(fieldValues.newPassword),
  },
  '/settings/email': { newEmail: text(fieldValues.newEmail), userId },
  '/settings/devices': {
    intent: fc.constantFrom('one', 'one', 'others', 'all', 'ALL', ''),
    loginId: text(fieldValues.loginId),
    userId,
  },
  '/settings/data/delete': { email: text(fieldValues.email), userId },
  '/settings/data/export': { userId },
  '/settings/confirm': {
    password: text(fieldValues.currentPassword),
    // Nothing that would be done at once: what comes of it is looked at one act after the other.
    act: fc.oneof(
      fc.constantFrom(
        '',
        '{}',
        'null',
        `{"id":"kept-act","userId":"${placeholders.ownUser}","path":"/settings/data","values":{}}`,
        `{"id":"kept-act","userId":"${placeholders.otherUser}","path":"/settings/data","values":{}}`,
        `{"id":"kept-act","userId":"${placeholders.ownUser}","path":"__proto__","values":{}}`,
      ),
      hostileText.map((path) =>
        JSON.stringify({ id: 'kept-act', userId: placeholders.ownUser, path, values: { email: path } }).slice(
          0,
          5_000,
        ),
      ),
    ),
  },
}

/** One of the forms of the web app, filled in. */
export const webForm = fc
  .constantFrom(...Object.keys(forms))
  .chain((path) =>
    fc.record(forms[path] ?? {}).map((fields): WebForm => ({ path, fields: Object.entries(fields) })),
  )
