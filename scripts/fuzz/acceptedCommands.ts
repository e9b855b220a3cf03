import type { Command } from './command.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { isRefused } from './isRefused.ts'
import { issuedByCookie } from './issuedByCookie.ts'
import type { Answer } from './readAnswers.ts'

/** Of what a request asked for, what its answer does not rule out, each with what it says of it. */
export function acceptedCommands(request: FuzzRequest, commands: Command[], answer: Answer): Command[] {
  if (request.target === 'web') return acceptedForm(commands, answer)
  return request.method === 'GET' ? acceptedCopy(commands, answer) : acceptedMutations(commands, answer)
}

/** The mutations that ran: all of them, or those before the one that failed whole. */
function acceptedMutations(mutations: Command[], answer: Answer): Command[] {
  const parsed = parseJson(answer.body) as {
    data?: Record<string, unknown> | null
    errors?: { path?: unknown[] }[]
  } | null
  if (!parsed || parsed.data === undefined) return []
  const { data, errors = [] } = parsed
  // One runs after the other, and none after the one that failed whole: it is the last that is told of.
  const failed = data === null ? errors.at(-1)?.path?.[0] : undefined
  if (data === null && failed === undefined) return []
  const keyed = mutations as (Command & { key: string })[]
  const end = data === null ? keyed.findIndex(({ key }) => key === failed) : keyed.length
  return keyed.slice(0, end).map((command) => ({
    ...command,
    payload: (data?.[command.key] as Record<string, unknown> | undefined) ?? null,
  }))
}

/** Whoever may have the copy gets it at once. */
function acceptedCopy(commands: Command[], { status }: Answer): Command[] {
  return status === 200 ? commands.map((command) => ({ ...command, payload: { userErrors: [] } })) : []
}

/** A form that did what it says answers with a redirect that is no way to the sign-in page, nor to the proof of identity. */
function acceptedForm(commands: Command[], answer: Answer): Command[] {
  if (isRefused(answer)) return []
  if (commands[0]?.field === 'exportAccount') return acceptedCopy(commands, answer)
  const whole = (answer.headers.get('location') ?? '') + answer.body
  const isRedirect = answer.status === 302 || (answer.status === 202 && !answer.body.includes('307'))
  if (isRedirect && !/\/sign-in\?redirectTo=|\/settings\/confirm/.test(whole)) {
    // Who is signed in already is led on from these pages, whatever became of the form.
    if (commands[0]?.field === 'requestSignUp' && !whole.includes('/sign-up/sent')) return []
    const isUntold = (field: string): boolean =>
      field === 'startSession' ||
      field === 'revokeLogin' ||
      (field === 'signIn' && issuedByCookie(answer) === null)
    return commands.map((command) => ({
      ...command,
      payload: isUntold(command.field) ? null : { userErrors: [] },
    }))
  }
  const [first] = commands
  if (first && /password do not match|This is not your password/.test(answer.body))
    return [{ ...first, payload: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } }]
  // One session was ended to start another, and the start was refused.
  return first?.field === 'endSession' && commands.length > 1 ? [{ ...first, isSure: false }] : []
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
