import { setTimeout as delay } from 'node:timers/promises'
import { acceptedCommands } from './acceptedCommands.ts'
import { accountEffects } from './accountEffects.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import type { Actor, Sight } from './actor.ts'
import { borneKey } from './borneKey.ts'
import { borneToken } from './borneToken.ts'
import type { Command } from './command.ts'
import { exchange, type Exchange } from './exchange.ts'
import type { LeakFinder } from './findLeaks.ts'
import { formCommands } from './formCommands.ts'
import { isRefused } from './isRefused.ts'
import { isReplayed } from './isReplayed.ts'
import { isWhole } from './isWhole.ts'
import { judgeAnswer } from './judgeAnswer.ts'
import { NEEDS_PROOF } from './needsProof.ts'
import { normaliseEmail } from './normaliseEmail.ts'
import type { MutationPlanner } from './planMutations.ts'
import { fillPlaceholders, type PlaceholderValues } from './placeholders.ts'
import type { Answer } from './readAnswers.ts'
import { type AccountParts, settleAccount } from './settleAccount.ts'
import { Replays } from './replays.ts'
import type { SlowAnswers } from './slowAnswers.ts'
import type { Tally } from './tally.ts'
import { toBytes } from './toBytes.ts'
import { toldOf } from './toldOf.ts'

export interface LaneParts extends AccountParts {
  addresses: Record<'api' | 'web', { host: string; port: number }>
  /** As the servers are called from outside. */
  origins: Record<'api' | 'web', string>
  /** What the other names in double braces stand for. */
  others: Pick<
    PlaceholderValues,
    'otherSession' | 'otherUser' | 'otherEmail' | 'otherCursor' | 'webOrigin' | 'webApiSecret'
  >
  planner: MutationPlanner
  look: (token: string) => Promise<Sight>
  leaks: LeakFinder
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

/** All that an API key may do, with the scope for it. */
const OPEN_TO_KEYS = new Set(['startSession', 'refreshSession', 'endSession'])
/** Sent twice, as whoever lost the answer would. */
const TWICE = 'idempotent'

/** Sends requests one after the other in the name of one person, and judges each answer and what it left behind. */
export class FuzzLane {
  readonly #parts: LaneParts
  readonly #replays = new Replays()

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
    const { isValid, isMutation, commands } = this.#plan(request)
    const hashes = commands.some(({ field, input }) => this.#needsHash(field, input))
    if (hashes && !slow.mayHash()) return []
    const ofAccount = commands.filter((command) => mayTouchAccount(command))
    // What becomes of an account can be told for one act at a time.
    if (commands.length > 1 && ofAccount.length > 0) return []
    const isOthersLink = ofAccount.some(({ field, input }) => {
      return field === 'confirmEmailChange' && links.isForOther(input['token'], actor)
    })
    // Without a login the link is as good as in its owner's hands, whose account nobody else may change here.
    if (isOthersLink && !isSurelySignedIn(request, actor)) return []

    const sent = await slow.measure(
      { hashes, isSafe: commands.every(({ field }) => REPEATABLE.has(field)) },
      () => this.#send(request),
    )
    tally.count(request, sent)
    const problems = [...this.#judge(request, sent), ...sent.problems]
    if (request.raw !== null) return problems
    const [answer = null] = sent.answers
    const isAgain = answer !== null && isReplayed(answer)
    const accepted = answer === null ? commands : isAgain ? [] : acceptedCommands(request, commands, answer)
    if (answer !== null)
      problems.push(
        ...this.#replays.judge(request, answer, { asked: this.#asked(request), isMutation, commands }),
      )
    const [act] = ofAccount
    // Who hangs up in the middle is told nothing.
    if (act && answer === null) await delay(DONE_UNHEARD_MS)
    const borne = borneToken(request, actor)
    const key = borneKey(request, actor)
    if (isOthersLink && accepted.some((command) => toldOf(command, null) === true))
      problems.push('an address is confirmed with the login of somebody else')
    if (act) problems.push(...(await settleAccount(this.#parts, request, act, accepted[0] ?? null, answer)))
    if (answer === null) return problems

    const isAsSent = !/headers|cookie/.test(request.kind)
    if (isAsSent && isRefused(answer) && borne !== null) problems.push('a login that is to live is refused')
    if (request.target === 'api' && !isValid && hasData(answer))
      problems.push('data for a document that does not fit the schema')
    const isOfALogin = ({ field }: Command): boolean => OF_A_LOGIN.has(field) || NEEDS_PROOF.has(field)
    if (isAsSent && isRefused(answer) && key !== null) problems.push('an API key that is to live is refused')
    const mayDo = ({ field }: Command): boolean =>
      OPEN_TO_KEYS.has(field) && (key?.scopes.includes('SESSIONS_WRITE') ?? false)
    if (key !== null && accepted.some((command) => !mayDo(command) && isToldDone(command)))
      problems.push('an API key did what it may not')
    const isNobodys = borne === null && key === null
    if (isNobodys && accepted.some((command) => isOfALogin(command) && isToldDone(command)))
      problems.push('taken though no login that lives was sent')
    if (isNobodys && commands.every(isOfALogin) && tells(answer, request, actor))
      problems.push('somebody is shown though no login that lives was sent')
    if (!act && accepted.length > 0) problems.push(...(await this.#settle(accepted)))
    if (request.kind === TWICE) problems.push(...(await this.ask({ ...request, kind: `${TWICE}, again` })))
    return problems
  }

  #plan(request: FuzzRequest): { isValid: boolean; isMutation: boolean; commands: Command[] } {
    if (request.target === 'web') return { isValid: true, isMutation: false, commands: formCommands(request) }
    if (request.method === 'GET' || request.method === 'HEAD')
      return { isValid: true, isMutation: false, commands: readCommands(request) }
    const { isValid, isMutation, mutations } = this.#parts.planner.plan(readBody(request))
    return { isValid, isMutation, commands: mutations }
  }

  /** The same for the same operation, by its text or its hash. */
  #asked(request: FuzzRequest): string {
    const { query, variables, operationName } = this.#parts.planner.read(readBody(request))
    return JSON.stringify([query, variables ?? {}, operationName ?? null])
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

function readBody({ body, encoding }: FuzzRequest): unknown {
  return parseJson(Buffer.from(body, encoding).toString('utf8'))
}

function readCommands({ path }: FuzzRequest): Command[] {
  return /^\/export\/account\.json(\?|$)/.test(path)
    ? [{ field: 'exportAccount', input: {}, payload: null }]
    : []
}

function isToldDone(command: Command): boolean {
  return command.isSure !== false && toldOf(command, null) !== false
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

/** Odd headers may be taken for none, or for others. */
function isSurelySignedIn(request: FuzzRequest, actor: Actor): boolean {
  return !/headers|cookie/.test(request.kind) && borneToken(request, actor) !== null
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
