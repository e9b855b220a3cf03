import type { Actor } from './actor.ts'
import type { Command } from './command.ts'
import { normaliseEmail } from './normaliseEmail.ts'

export interface NewPerson {
  email: string
  name: string | null
}

/** `maybe` where an answer did not tell, or a job may have come too late. */
export interface Count {
  sure: number
  maybe: number
}

/** What accepted requests must have left behind beside accounts and sessions. */
export class Ledger {
  /** Mails that are owed, by their kind and address. */
  readonly mails = new Map<string, Count>()
  /** Addresses with failed sign-ins. */
  readonly failedSignIns = new Map<string, Count>()
  readonly newPeople: NewPerson[] = []
  /** How often each mutation was carried out, by its field: what never was is not tried by the run. */
  readonly accepted = new Map<string, number>()
  /** Logins that answers showed: secrets from then on. */
  readonly shownTokens = new Set<string>()
  /** Addresses that were somebody's and are no more, by a change or by deletion: what jobs still did there is open. */
  readonly left = new Set<string>()
  /** Of those, whose jobs and links went with them. */
  readonly deleted = new Set<string>()

  /** Notes what a command that changes no account did, as its answer tells. @param isKnown whether an address has a user. */
  note({ field, input, payload }: Command, isKnown: (email: string) => boolean): void {
    const codes = readCodes(payload)
    if (isCarriedOut(payload)) this.#accept(field)
    const isRefused = codes !== null && codes.length > 0
    const email = normaliseEmail(input['email'])
    if (field === 'requestSignUp' && !isRefused) this.owe('SIGN_UP', email, codes !== null)
    if (field === 'requestPasswordReset' && !isRefused)
      this.owe('PASSWORD_RESET', email, codes !== null && isKnown(email))
  }

  /** Notes what a command did to an account. @param isTold whether the answer says so, and not what is stored alone. */
  noteDone(command: Command, actor: Actor, before: string, isTold: boolean): void {
    const { field, input } = command
    this.#accept(field)
    const notice = NOTICES[field]
    if (notice !== undefined) this.owe(notice, before, true)
    // Only where there were some.
    if (input['revokeApiKeys'] === true) this.owe('API_KEY_REVOKED', before, false)
    if (field === 'signIn')
      this.owe('NEW_DEVICE', normaliseEmail(input['email']), isTold && !hasDeviceToken(input))
    if (field === 'requestEmailChange') this.owe('EMAIL_CHANGE', normaliseEmail(input['newEmail']), false)
    if (field === 'reportNotMe') for (const email of actor.addresses) this.owe('PASSWORD_RESET', email, false)
    if (field === 'deleteUser') {
      this.owe('DELETED', before, true)
      this.deleted.add(before)
    }
    if (actor.email === before) return
    this.left.add(before)
    if (field === 'confirmEmailChange') this.owe('EMAIL_CHANGED', actor.email, true)
  }

  /** Notes a check of a password that failed, or that nothing is told of. */
  noteFailure({ field, payload }: Command, email: string): void {
    const codes = readCodes(payload)
    if (field === 'signIn' && codes === null) this.owe('NEW_DEVICE', email, false)
    if (codes === null || codes.includes('INVALID_CREDENTIALS'))
      count(this.failedSignIns, email, codes !== null)
  }

  owe(kind: string, email: string, isSure: boolean): void {
    count(this.mails, `${kind} ${email}`, isSure)
  }

  #accept(field: string): void {
    this.accepted.set(field, (this.accepted.get(field) ?? 0) + 1)
  }
}

const NOTICES: Record<string, string> = {
  changePassword: 'PASSWORD_CHANGED',
  resetPassword: 'PASSWORD_RESET_DONE',
  requestEmailChange: 'EMAIL_CHANGE_REQUESTED',
  confirmEmailChange: 'EMAIL_CHANGED',
  unlinkAccount: 'ACCOUNT_UNLINKED',
  exportAccount: 'DATA_EXPORTED',
  createApiKey: 'API_KEY_CREATED',
  revokeApiKey: 'API_KEY_REVOKED',
}

function count(counts: Map<string, Count>, key: string, isSure: boolean): void {
  const known = counts.get(key) ?? { sure: 0, maybe: 0 }
  known[isSure ? 'sure' : 'maybe'] += 1
  counts.set(key, known)
}

function hasDeviceToken(input: Record<string, unknown>): boolean {
  return input['deviceToken'] != null
}

/** Whether the answer says so, by what it has or by the errors that it has not. */
function isCarriedOut(payload: Record<string, unknown> | null): boolean {
  const codes = readCodes(payload)
  return codes === null ? hasResult(payload) : codes.length === 0
}

function hasResult(payload: Record<string, unknown> | null): boolean {
  const { session, user, token } = payload ?? {}
  return [session, user, token].some((value) => value != null)
}

/** The codes of an answer's userErrors; null when it did not tell them. */
function readCodes(payload: Record<string, unknown> | null): string[] | null {
  const userErrors = payload?.['userErrors']
  if (!Array.isArray(userErrors)) return null
  const codes = userErrors.map((error: { code?: unknown }) => error.code)
  return codes.every((code) => typeof code === 'string') ? codes : null
}
