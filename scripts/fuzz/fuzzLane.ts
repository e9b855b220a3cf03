import { setTimeout as delay } from 'node:timers/promises'
import type { FuzzRequest } from './fuzzRequest.ts'
import type { Actor, Sight } from './actor.ts'
import type { Command } from './command.ts'
import { exchange, type Exchange } from './exchange.ts'
import type { LeakFinder } from './findLeaks.ts'
import { formCommands } from './formCommands.ts'
import { judgeAnswer } from './judgeAnswer.ts'
import type { Ledger } from './ledger.ts'
import type { Plan } from './planMutations.ts'
import { fillPlaceholders, type PlaceholderValues } from './placeholders.ts'
import type { Answer } from './readAnswers.ts'
import type { SignUpLinks } from './signUpLinks.ts'
import type { SlowAnswers } from './slowAnswers.ts'
import type { Tally } from './tally.ts'
import { toBytes } from './toBytes.ts'

export interface LaneParts {
  actor: Actor
  addresses: Record<'api' | 'web', { host: string; port: number }>
  /** As the servers are called from outside. */
  origins: Record<'api' | 'web', string>
  /** What the other names in double braces stand for. */
  others: Pick<
    PlaceholderValues,
    'otherSession' | 'otherUser' | 'otherEmail' | 'otherCursor' | 'ownPassword' | 'webOrigin' | 'webApiSecret'
  >
  plan: (request: unknown) => Plan
  look: (token: string) => Promise<Sight>
  leaks: LeakFinder
  ledger: Ledger
  links: SignUpLinks
  slow: SlowAnswers
  tally: Tally
}

/** By then a server has done what it began for somebody who hung up. */
const DONE_UNHEARD_MS = 2_000
/** Twice is as good as once. */
const REPEATABLE = new Set(['updateProfile', 'refreshSession', 'endSession'])
/** These are of who is signed in, and of nobody else. */
const OF_A_LOGIN = new Set([
  'updateProfile',
  'refreshSession',
  'endSession',
  'startSession',
  'confirmIdentity',
])

/** Sends requests one after the other in the name of one person, and judges each answer and what it left behind. */
export class FuzzLane {
  readonly #parts: LaneParts

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** @returns what is wrong, each in words that are the same for the same fault. */
  async ask(generated: FuzzRequest): Promise<string[]> {
    const { actor, others, links, slow, tally } = this.#parts
    const request = fill(generated, {
      ...actor.placeholders(),
      ...others,
      signUpToken: links.peek(actor.email),
    })
    const { isValid, commands } = this.#plan(request)
    const hashes = commands.some(({ field, input }) => needsHash(field, input))
    if (hashes && !slow.mayHash()) return []
    // What else is in the document would be done by a login that has another token by then.
    if (commands.length > 1 && commands.some(({ field }) => field === 'confirmIdentity')) return []

    const sent = await slow.measure(
      { hashes, isSafe: commands.every(({ field }) => REPEATABLE.has(field)) },
      () => this.#send(request),
    )
    tally.count(request, sent)
    const problems = [...this.#judge(request, sent), ...sent.problems]
    const [answer] = sent.answers
    if (request.raw !== null) return problems
    if (!answer) {
      if (commands.some(({ field }) => field === 'signOut')) {
        await delay(DONE_UNHEARD_MS)
        await this.#findOutWhetherEnded(borneToken(request, actor))
      }
      return problems
    }

    const isAsSent = !/headers|cookie/.test(request.kind)
    if (isAsSent && isRefused(answer) && borneToken(request, actor) !== null)
      problems.push('a login that is to live is refused')

    const accepted =
      request.target === 'api' ? acceptedMutations(commands, answer) : acceptedForm(commands, answer)
    if (request.target === 'api' && !isValid && hasData(answer))
      problems.push('data for a document that does not fit the schema')
    const isAnonymous = borneToken(request, actor) === null
    if (isAnonymous && accepted.some(({ field, isSure }) => OF_A_LOGIN.has(field) && isSure !== false))
      problems.push('taken though no login that lives was sent')
    if (isAnonymous && commands.every(({ field }) => OF_A_LOGIN.has(field)) && tells(answer, request, actor))
      problems.push('somebody is shown though no login that lives was sent')
    if (accepted.length > 0) problems.push(...(await this.#settle(request, accepted, answer)))
    return problems
  }

  #plan(request: FuzzRequest): { isValid: boolean; commands: Command[] } {
    if (request.target === 'web') return { isValid: true, commands: formCommands(request) }
    if (request.method === 'GET' || request.method === 'HEAD') return { isValid: true, commands: [] }
    const { isValid, mutations } = this.#parts.plan(
      parseJson(Buffer.from(request.body, request.encoding).toString('utf8')),
    )
    return { isValid, commands: mutations }
  }

  #send(request: FuzzRequest): Promise<Exchange> {
    const address = this.#parts.addresses[request.target]
    return exchange(address, toBytes(request, new URL(this.#parts.origins[request.target]).host), {
      isWhole: isWhole(request),
      isHead: request.method === 'HEAD',
    })
  }

  #judge(request: FuzzRequest, { answers, isStuck }: Exchange): string[] {
    const { actor, leaks } = this.#parts
    if (isStuck) return ['no answer and no end']
    if (answers.length === 0 && isWhole(request) && !mayGoUnanswered(request))
      return ['the connection was closed without an answer']
    return answers.flatMap((answer) =>
      judgeAnswer(request, answer, leaks, { ownEmail: actor.email, webOrigin: this.#parts.origins.web }),
    )
  }

  /** Who hangs up in the middle, or asks nothing of the answer, is not told whether the login that was borne has ended. */
  async #findOutWhetherEnded(borne: string | null): Promise<void> {
    const { actor, look } = this.#parts
    if (borne !== null && actor.liveTokens.has(borne)) await look(borne).catch(() => actor.endLogin(borne))
  }

  /** Compares what the accepted commands were to do with what their person sees afterwards. */
  async #settle(request: FuzzRequest, commands: Command[], answer: Answer): Promise<string[]> {
    const { actor, ledger, links, look } = this.#parts
    const borne = borneToken(request, actor)
    for (const command of commands) {
      const issued = issuedToken(command, answer)
      if (issued !== null) ledger.shownTokens.add(issued)
      ledger.note(command, actor, borne, issued)
      if (command.field === 'signIn' && issued === null) await this.#findOutWhetherEnded(borne)
      if (
        command.field === 'confirmIdentity' &&
        issued === null &&
        borne !== null &&
        actor.liveTokens.has(borne)
      )
        await look(borne).catch(() => actor.renewLogin(borne, null))
      if (command.field === 'completeSignUp') {
        const person = await links.settle(command)
        if (person) {
          ledger.newPeople.push(person)
          actor.endLogin(borne)
        }
      }
    }
    const sight = await look(actor.observer).catch(() => null)
    if (sight === null) return ['what became of it cannot be seen']
    const fields = [...new Set(commands.map(({ field }) => field))].join(', ')
    return actor.reconcile(sight, commands).map((problem) => `after ${fields}: ${problem}`)
  }
}

function fill(request: FuzzRequest, values: PlaceholderValues): FuzzRequest {
  const text = (value: string): string => fillPlaceholders(value, values)
  return {
    ...request,
    path: text(request.path),
    body: text(request.body),
    headers: request.headers.map(([name, value]) => [name, text(value)] as const),
  }
}

function needsHash(field: string, input: Record<string, unknown>): boolean {
  return (
    field === 'completeSignUp' ||
    field === 'confirmIdentity' ||
    (field === 'signIn' && String(input['email']).includes('@'))
  )
}

/** Whether the bytes are one request from its first to its last, as a server sees it. */
function isWhole(request: FuzzRequest): boolean {
  if (request.raw !== null) return false
  const names = request.headers.map(([name]) => name.toLowerCase())
  const isFramed = request.framing !== 'none' || request.body === ''
  return isFramed && !names.includes('content-length') && !names.includes('transfer-encoding')
}

/** Where a server hangs up: it makes no tunnels, and who sends on after a refusal may lose it on the way. */
function mayGoUnanswered(request: FuzzRequest): boolean {
  return request.method === 'CONNECT' || request.body.length > 60_000
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

/** A form that did what it says answers with a redirect that is no way to the sign-in page, nor back to try again. */
function acceptedForm(commands: Command[], answer: Answer): Command[] {
  if (isRefused(answer)) return []
  const whole = (answer.headers.get('location') ?? '') + answer.body
  const isRedirect = answer.status === 302 || (answer.status === 202 && !answer.body.includes('307'))
  if (isRedirect && !/\/sign-in\?redirectTo=/.test(whole)) {
    // Who is signed in already is led on from these pages, whatever became of the form.
    if (commands[0]?.field === 'requestSignUp' && !whole.includes('/sign-up/sent')) return []
    const isUntold = (field: string): boolean =>
      field === 'startSession' || (field === 'signIn' && issuedByCookie(answer) === null)
    return commands.map((command) => ({
      ...command,
      payload: isUntold(command.field) ? null : { userErrors: [] },
    }))
  }
  const [first] = commands
  if (first?.field === 'signIn' && answer.body.includes('do not go together'))
    return [{ ...first, payload: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } }]
  // One session was ended to start another, and the start was refused.
  return first?.field === 'endSession' && commands.length > 1 ? [{ ...first, isSure: false }] : []
}

/** The web app leads once to the same address when the API does not know a login, and notes that in a cookie. */
function isRefused(answer: Answer): boolean {
  return answer.status === 401 || /^refused=/m.test(answer.headers.get('set-cookie') ?? '')
}

function hasData(answer: Answer): boolean {
  const parsed = parseJson(answer.body) as { data?: unknown } | null
  return parsed?.data !== undefined && parsed.data !== null
}

/** Whether an answer says who somebody is, and the request did not. */
function tells(answer: Answer, request: FuzzRequest, actor: Actor): boolean {
  const sent = request.path + request.headers.flat().join(' ') + request.body
  return [actor.userId, actor.email].some((text) => answer.body.includes(text) && !sent.includes(text))
}

/** The login that a request came with, of those that the actor has. */
function borneToken(request: FuzzRequest, actor: Actor): string | null {
  const header = (name: string): string =>
    request.headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
  const token =
    request.target === 'api'
      ? /^Bearer ([^\s]+)$/i.exec(header('authorization').trim())?.[1]
      : /(?:^|;\s*)login=([\w-]+)/.exec(header('cookie'))?.[1]
  return token !== undefined && actor.liveTokens.has(token) ? token : null
}

function issuedToken({ payload }: Command, answer: Answer): string | null {
  return typeof payload?.['token'] === 'string' ? payload['token'] : issuedByCookie(answer)
}

function issuedByCookie(answer: Answer): string | null {
  return /^login=([\w-]{43})/m.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
