import type { Actor } from './actor.ts'
import type { Command } from './command.ts'

export interface NewPerson {
  email: string
  name: string | null
}

/** What accepted requests must have left behind that belongs to no actor; `maybe` where an answer did not tell. */
export class Ledger {
  /** Sign-up mails asked for, by address. */
  readonly mails = new Map<string, { sure: number; maybe: number }>()
  /** Addresses with failed sign-ins. */
  readonly failedSignIns = new Map<string, { sure: number; maybe: number }>()
  readonly newPeople: NewPerson[] = []
  /** How often each mutation was carried out, by its field: what never was is not tried by the run. */
  readonly accepted = new Map<string, number>()
  /** Logins that answers showed: secrets from then on. */
  readonly shownTokens = new Set<string>()
  readonly #password: string

  constructor(password: string) {
    this.#password = password
  }

  /**
   * Notes what a command did that its answer tells of.
   *
   * @param borne the login that the request came with.
   * @param issued the login that the answer set, if it did.
   */
  note(command: Command, actor: Actor, borne: string | null, issued: string | null): void {
    const { field, input, payload } = command
    const codes = readCodes(payload)
    if (isCarriedOut(payload)) this.accepted.set(field, (this.accepted.get(field) ?? 0) + 1)
    if (field === 'signOut') actor.endLogin(borne)
    const isRefused = Array.isArray(payload?.['userErrors']) && payload['userErrors'].length > 0
    if (field === 'requestSignUp' && !isRefused) this.#count(this.mails, normalise(input['email']), codes)
    if (field === 'confirmIdentity') {
      if (issued !== null || codes?.length === 0) actor.renewLogin(borne, issued)
      else if (input['password'] != null && (codes === null || codes.includes('INVALID_CREDENTIALS')))
        this.#count(this.failedSignIns, actor.email, codes === null ? null : [])
    }
    if (field !== 'signIn') return

    const isRight = normalise(input['email']) === actor.email && input['password'] === this.#password
    const hasSignedIn = issued !== null || codes?.length === 0
    if (hasSignedIn) actor.endLogin(borne)
    // Somebody who signed up in this run, with the password of the actors.
    if (!isRight && hasSignedIn) return
    if (!isRight) {
      if (codes === null || codes.includes('INVALID_CREDENTIALS'))
        this.#count(this.failedSignIns, normalise(input['email']), codes === null ? null : [])
    } else if (hasSignedIn) {
      actor.signedIn.sure += 1
      if (issued === null) actor.unseenLogins += 1
      else actor.liveTokens.add(issued)
    } else if (codes === null) {
      actor.signedIn.maybe += 1
    }
  }

  #count(counts: Map<string, { sure: number; maybe: number }>, key: string, codes: string[] | null): void {
    const count = counts.get(key) ?? { sure: 0, maybe: 0 }
    if (codes === null) count.maybe += 1
    else if (codes.length === 0) count.sure += 1
    counts.set(key, count)
  }
}

/** Whether the answer says so, by what it has or by the errors that it has not. */
function isCarriedOut(payload: Record<string, unknown> | null): boolean {
  const { userErrors, session, user, token } = payload ?? {}
  return Array.isArray(userErrors)
    ? userErrors.length === 0
    : [session, user, token].some((value) => value != null)
}

/** The codes of an answer's userErrors; null when it did not tell them. */
function readCodes(payload: Record<string, unknown> | null): string[] | null {
  const userErrors = payload?.['userErrors']
  if (!Array.isArray(userErrors)) return null
  const codes = userErrors.map((error: { code?: unknown }) => error.code)
  return codes.every((code) => typeof code === 'string') ? codes : null
}

function normalise(email: unknown): string {
  return String(email).trim().normalize('NFC').toLowerCase()
}
