import type { Pool } from 'pg'
import type { Actor } from './actor.ts'
import type { Command } from './command.ts'
import type { NewPerson } from './ledger.ts'

export interface FuzzMail {
  id: string
  to: string[]
  subject: string
  links: string[]
}

interface Link {
  token: string
  /** Where it leads. */
  path: string
  email: string
}

const SIGN_UP = '/sign-up/complete'
const CONFIRM_EMAIL = '/confirm-email'
/** As actors wish for them. */
const WISHED = /^moved-\d+-\d+@/
const NO_TOKEN = 'B'.repeat(43)

/** The mails that the product sent, and their links for requests that use them. */
export class MailedLinks {
  readonly #mailboxUrl: string
  readonly #database: Pool
  /** All, since the mailbox keeps the newest thousand alone. */
  readonly #mails = new Map<string, FuzzMail>()
  readonly #links = new Map<string, Link>()
  readonly #takers = new Map<string, Actor>()
  readonly #completed = new Set<string>()

  constructor(mailboxUrl: string, database: Pool) {
    this.#mailboxUrl = mailboxUrl
    this.#database = database
  }

  /** Oldest first. */
  get mails(): FuzzMail[] {
    return [...this.#mails.values()]
  }

  async refresh(): Promise<void> {
    const mails = (await (await fetch(`${this.#mailboxUrl}/messages.json`)).json()) as FuzzMail[]
    for (const mail of mails) {
      if (this.#mails.has(mail.id)) continue
      this.#mails.set(mail.id, mail)
      for (const link of mail.links) {
        const { pathname: path, searchParams } = new URL(link)
        const token = searchParams.get('token')
        if (token !== null) this.#links.set(token, { token, path, email: mail.to[0] ?? '' })
      }
    }
  }

  tokens(): string[] {
    return [...this.#links.keys()]
  }

  isKnown(token: unknown): boolean {
    return this.#links.has(String(token))
  }

  /** Whether the link leads to an address that another actor wished for. */
  isForOther(token: unknown, actor: Actor): boolean {
    const { path, email } = this.#links.get(String(token)) ?? {}
    return path === CONFIRM_EMAIL && email !== undefined && isWishOfAnother(email, actor)
  }

  placeholders(
    actor: Actor,
  ): Record<
    'signUpToken' | 'resetToken' | 'emailChangeToken' | 'othersEmailChangeToken' | 'notMeToken',
    string
  > {
    const newest = (path: string, isTheirs: (email: string) => boolean): string =>
      [...this.#links.values()].findLast((link) => link.path === path && isTheirs(link.email))?.token ??
      NO_TOKEN
    return {
      signUpToken: this.#peekSignUp(actor),
      resetToken: newest('/reset-password', (email) => email === actor.email),
      emailChangeToken: newest(CONFIRM_EMAIL, (email) => email.startsWith(actor.wishedEmails)),
      othersEmailChangeToken: newest(CONFIRM_EMAIL, (email) => isWishOfAnother(email, actor)),
      notMeToken: newest('/security/not-me', (email) => actor.addresses.includes(email)),
    }
  }

  /** A link that was not used yet. An address is given to one actor alone: of two, nobody could tell who won. */
  #peekSignUp(actor: Actor): string {
    const link = [...this.#links.values()].find(
      ({ path, email }) =>
        path === SIGN_UP && !this.#completed.has(email) && (this.#takers.get(email) ?? actor) === actor,
    )
    if (!link) return NO_TOKEN
    this.#takers.set(link.email, actor)
    return link.token
  }

  /** Whether a sign-up was completed: an answer may not have been asked for it. */
  async settle({ input }: Command): Promise<NewPerson | null> {
    const { path, email } = this.#links.get(String(input['token'])) ?? {}
    if (path !== SIGN_UP || email === undefined || this.#completed.has(email)) return null
    const { rows } = await this.#database.query<{ name: string | null }>(
      'select name from users where email = $1',
      [email],
    )
    if (!rows[0]) return null
    this.#completed.add(email)
    return {
      email,
      name:
        String(input['name'] ?? '')
          .trim()
          .normalize('NFC') || null,
    }
  }
}

/** Other addresses may be anybody's wish, also their own. */
function isWishOfAnother(email: string, actor: Actor): boolean {
  return WISHED.test(email) && !email.startsWith(actor.wishedEmails)
}
