import type { Account } from './account.ts'
import type { Actor } from './actor.ts'
import { borneToken } from './borneToken.ts'
import type { Command } from './command.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { hashToken } from './hashToken.ts'
import { issuedByCookie } from './issuedByCookie.ts'
import { judgeAccount } from './judgeAccount.ts'
import type { Ledger } from './ledger.ts'
import type { MailedLinks } from './mailedLinks.ts'
import { NEEDS_PROOF } from './needsProof.ts'
import { normaliseEmail } from './normaliseEmail.ts'
import type { Answer } from './readAnswers.ts'
import { toldOf } from './toldOf.ts'

export interface AccountParts {
  actor: Actor
  ledger: Ledger
  links: MailedLinks
  /** What is stored of somebody. */
  readAccount: (actor: Actor) => Promise<Account | null>
  /** Gives an actor back what the last request took. */
  equip: (actor: Actor) => Promise<void>
}

const CHECKS_PASSWORD = new Set(['signIn', 'confirmIdentity', 'changePassword'])
/** Passwords that may stand in every request as they are. */
const PLAIN = /^[\w -]+$/

/** Compares what is stored of an account with what an act was to make of it, whether it was accepted or not. */
export async function settleAccount(
  parts: AccountParts,
  request: FuzzRequest,
  act: Command,
  accepted: Command | null,
  answer: Answer | null,
): Promise<string[]> {
  const { actor, equip, ledger, links, readAccount } = parts
  const before = actor.account
  if (!before) throw new Error('An actor without an account sends nothing')
  const command = accepted ?? act
  const issued = answer && accepted ? issuedToken(accepted, answer) : null
  if (issued !== null) ledger.shownTokens.add(issued)
  const secret = accepted?.payload?.['secret']
  if (typeof secret === 'string') ledger.shownTokens.add(secret)
  const told = answer === null ? null : accepted === null ? false : toldOf(accepted, issued)
  const borne = borneToken(request, actor)
  const person = told !== false && act.field === 'completeSignUp' ? await links.settle(act) : null
  if (person) ledger.newPeople.push(person)
  const after = await readAccount(actor)
  const isSignUp = act.field === 'completeSignUp'
  const judged = judgeAccount(act, isSignUp && told === null ? person !== null : told, {
    before,
    after,
    borne: mayBear(request, actor).map((token) => (token === null ? null : hashToken(token))),
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

/** The logins that a request may be taken to come with: which of several, where its headers are odd, is open. */
function mayBear(request: FuzzRequest, actor: Actor): (string | null)[] {
  if (!/headers|cookie/.test(request.kind)) return [borneToken(request, actor)]
  const headers = request.headers.flat().join(' ')
  return [null, ...[...actor.liveTokens].filter((token) => headers.includes(token))]
}

function codesOf({ payload }: Command): unknown[] {
  const errors = payload?.['userErrors']
  return Array.isArray(errors) ? errors.map((error: { code?: unknown }) => error.code) : []
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

function issuedToken({ payload }: Command, answer: Answer): string | null {
  return typeof payload?.['token'] === 'string' ? payload['token'] : issuedByCookie(answer)
}

function issuedDevice({ payload }: Command, answer: Answer | null): string | null {
  if (typeof payload?.['deviceToken'] === 'string') return payload['deviceToken']
  return /^device=([^;\s]+)/m.exec(answer?.headers.get('set-cookie') ?? '')?.[1] ?? null
}
