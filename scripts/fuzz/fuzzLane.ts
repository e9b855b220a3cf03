import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './account.ts'
import { acceptedCommands } from './acceptedCommands.ts'
import { accountEffects } from './accountEffects.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import type { Actor, Sight } from './actor.ts'
import type { Command } from './command.ts'
import { exchange, type Exchange } from './exchange.ts'
import type { LeakFinder } from './findLeaks.ts'
import { formCommands } from './formCommands.ts'
import { isRefused } from './isRefused.ts'
import { issuedByCookie } from './issuedByCookie.ts'
import { judgeAccount } from './judgeAccount.ts'
import { judgeAnswer } from './judgeAnswer.ts'
import type { Ledger } from './ledger.ts'
import type { MailedLinks } from './mailedLinks.ts'
import { normaliseEmail } from './normaliseEmail.ts'
import type { Plan } from './planMutations.ts'
import { fillPlaceholders, type PlaceholderValues } from './placeholders.ts'
import type { Answer } from './readAnswers.ts'
import type { SlowAnswers } from './slowAnswers.ts'
import type { Tally } from './tally.ts'
import { toBytes } from './toBytes.ts'
import { hashToken } from './hashToken.ts'

export interface LaneParts {
  actor: Actor
  addresses: Record<'api' | 'web', { host: string; port: number }>
  /** As the servers are called from outside. */
  origins: Record<'api' | 'web', string>
  /** What the other names in double braces stand for. */
  others: Pick<
    PlaceholderValues,
    'otherSession' | 'otherUser' | 'otherEmail' | 'otherCursor' | 'webOrigin' | 'webApiSecret'
  >
  plan: (request: unknown) => Plan
  look: (token: string) => Promise<Sight>
  leaks: LeakFinder
  ledger: Ledger
  links: MailedLinks
  /** What is stored of somebody. */
  readAccount: (actor: Actor) => Promise<Account | null>
  /** Gives an actor back what the last request took. */
  equip: (actor: Actor) => Promise<void>
  /** Whether an address has a user who stays. */
  isKnown: (email: string) => boolean
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
  'changePassword',
])
/** These want that it was shown a moment ago who is signed in. */
const NEEDS_PROOF = new Set([
  'requestEmailChange',
  'revokeLogin',
  'revokeOtherLogins',
  'revokeAllLogins',
  'unlinkAccount',
  'exportAccount',
  'deleteUser',
])
const CHECKS_PASSWORD = new Set(['signIn', 'confirmIdentity', 'changePassword'])
/** Passwords that may stand in every request as they are. */
const PLAIN = /^[\w -]+$/

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
      ...links.placeholders(actor),
    })
    const { isValid, commands } = this.#plan(request)
    const hashes = commands.some(({ field, input }) => this.#needsHash(field, input))
    if (hashes && !slow.mayHash()) return []
    const ofAccount = commands.filter((command) => mayTouchAccount(command))
    // What becomes of an account can be told for one act at a time.
    if (commands.length > 1 && ofAccount.length > 0) return []

    const sent = await slow.measure(
      { hashes, isSafe: commands.every(({ field }) => REPEATABLE.has(field)) },
      () => this.#send(request),
    )
    tally.count(request, sent)
    const problems = [...this.#judge(request, sent), ...sent.problems]
    if (request.raw !== null) return problems
    const [answer = null] = sent.answers
    const accepted = answer === null ? commands : acceptedCommands(request, commands, answer)
    const [act] = ofAccount
    // Who hangs up in the middle is told nothing.
    if (act && answer === null) await delay(DONE_UNHEARD_MS)
    const borne = borneToken(request, actor)
    if (act) problems.push(...(await this.#settleAccount(request, act, accepted[0] ?? null, answer)))
    if (answer === null) return problems

    const isAsSent = !/headers|cookie/.test(request.kind)
    if (isAsSent && isRefused(answer) && borne !== null) problems.push('a login that is to live is refused')
    if (request.target === 'api' && !isValid && hasData(answer))
      problems.push('data for a document that does not fit the schema')
    const isOfALogin = ({ field }: Command): boolean => OF_A_LOGIN.has(field) || NEEDS_PROOF.has(field)
    if (borne === null && accepted.some((command) => isOfALogin(command) && isToldDone(command)))
      problems.push('taken though no login that lives was sent')
    if (borne === null && commands.every(isOfALogin) && tells(answer, request, actor))
      problems.push('somebody is shown though no login that lives was sent')
    if (!act && accepted.length > 0) problems.push(...(await this.#settle(accepted)))
    return problems
  }

  #plan(request: FuzzRequest): { isValid: boolean; commands: Command[] } {
    if (request.target === 'web') return { isValid: true, commands: formCommands(request) }
    if (request.method === 'GET' || request.method === 'HEAD')
      return { isValid: true, commands: readCommands(request) }
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
      judgeAnswer(request, answer, leaks, { ownEmails: actor.addresses, webOrigin: this.#parts.origins.web }),
    )
  }

  /** Compares what is stored of an account with what an act was to make of it, whether it was accepted or not. */
  async #settleAccount(
    request: FuzzRequest,
    act: Command,
    accepted: Command | null,
    answer: Answer | null,
  ): Promise<string[]> {
    const { actor, equip, ledger, links, readAccount } = this.#parts
    const before = actor.account
    if (!before) throw new Error('An actor without an account sends nothing')
    const command = accepted ?? act
    const issued = answer && accepted ? issuedToken(accepted, answer) : null
    if (issued !== null) ledger.shownTokens.add(issued)
    const told = answer === null ? null : accepted === null ? false : toldOf(accepted, issued)
    const borne = borneToken(request, actor)
    const person = told !== false && act.field === 'completeSignUp' ? await links.settle(act) : null
    if (person) ledger.newPeople.push(person)
    const after = await readAccount(actor)
    const isSignUp = act.field === 'completeSignUp'
    const judged = judgeAccount(act, isSignUp && told === null ? person !== null : told, {
      before,
      after,
      borne: this.#mayBear(request).map((token) => (token === null ? null : hashToken(token))),
    })
    const { isDone, problems } = judged
    const { field, input } = act
    if (isDone && NEEDS_PROOF.has(field) && borne !== null && actor.unprovenTokens.has(borne))
      problems.push(`${field} is done without a recent proof`)
    if (!isDone && isTheirPassword(act, actor) && codesOf(command).includes('INVALID_CREDENTIALS'))
      problems.push('the right password is refused')
    actor.follow(after, issued)
    if (isDone) {
      ledger.noteDone(command, actor, before.email, told === true)
      if (field === 'requestEmailChange') actor.wish()
      actor.deviceToken = issuedDevice(command, answer) ?? actor.deviceToken
      const password = input['newPassword'] ?? input['password']
      if (field === 'changePassword' || field === 'resetPassword')
        actor.password = PLAIN.test(String(password)) ? String(password) : null
    } else if (accepted && CHECKS_PASSWORD.has(field))
      ledger.noteFailure(accepted, failedEmail(accepted, before.email))
    await equip(actor)
    return problems
  }

  /** Compares what the accepted commands were to do with what their person sees afterwards. */
  async #settle(commands: Command[]): Promise<string[]> {
    const { actor, ledger, isKnown, look } = this.#parts
    for (const command of commands) {
      if (command.field === 'signIn') ledger.noteFailure(command, normaliseEmail(command.input['email']))
      else ledger.note(command, isKnown)
    }
    const sight = await look(actor.observer).catch(() => null)
    if (sight === null) return ['what became of it cannot be seen']
    const fields = [...new Set(commands.map(({ field }) => field))].join(', ')
    return actor.reconcile(sight, commands).map((problem) => `after ${fields}: ${problem}`)
  }

  /** The logins that a request may be taken to come with: which of several, where its headers are odd, is open. */
  #mayBear(request: FuzzRequest): (string | null)[] {
    const { actor } = this.#parts
    if (!/headers|cookie/.test(request.kind)) return [borneToken(request, actor)]
    const headers = request.headers.flat().join(' ')
    return [null, ...[...actor.liveTokens].filter((token) => headers.includes(token))]
  }

  #needsHash(field: string, { email, token }: Record<string, unknown>): boolean {
    if (field === 'completeSignUp' || field === 'resetPassword') return this.#parts.links.isKnown(token)
    if (field === 'confirmIdentity' || field === 'changePassword') return true
    return field === 'signIn' && String(email).includes('@')
  }
}

/** A sign-in by an address that nobody has can end no login. */
function mayTouchAccount({ field, input }: Command): boolean {
  return field in accountEffects && !(field === 'signIn' && String(input['email']).startsWith('many@'))
}

function readCommands({ path }: FuzzRequest): Command[] {
  return /^\/export\/account\.json(\?|$)/.test(path)
    ? [{ field: 'exportAccount', input: {}, payload: null }]
    : []
}

function codesOf({ payload }: Command): unknown[] {
  const errors = payload?.['userErrors']
  return Array.isArray(errors) ? errors.map((error: { code?: unknown }) => error.code) : []
}

/** Whether the answer says that it was done; null where it does not. */
function toldOf({ payload }: Command, issued: string | null): boolean | null {
  if (Array.isArray(payload?.['userErrors'])) return payload['userErrors'].length === 0
  return issued === null ? null : true
}

function isToldDone(command: Command): boolean {
  return command.isSure !== false && toldOf(command, null) !== false
}

/** Whether the password of a request is the one that its person has. */
function isTheirPassword({ field, input }: Command, { email, password }: Actor): boolean {
  if (password === null) return false
  if (field === 'changePassword') return input['currentPassword'] === password
  if (field === 'signIn' && normaliseEmail(input['email']) !== email) return false
  return (field === 'signIn' || field === 'confirmIdentity') && input['password'] === password
}

/** By whose address a failed check of a password is noted. */
function failedEmail({ field, input }: Command, own: string): string {
  return field === 'signIn' ? normaliseEmail(input['email']) : own
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

function issuedDevice({ payload }: Command, answer: Answer | null): string | null {
  if (typeof payload?.['deviceToken'] === 'string') return payload['deviceToken']
  return /^device=([^;\s]+)/m.exec(answer?.headers.get('set-cookie') ?? '')?.[1] ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
