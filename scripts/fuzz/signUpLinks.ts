import type { Pool } from 'pg'
import type { Command } from './command.ts'
import type { NewPerson } from './ledger.ts'

interface Mail {
  to: string[]
  links: string[]
}

/** The links that the product mailed, for requests that use them. */
export class SignUpLinks {
  readonly #mailboxUrl: string
  readonly #database: Pool
  readonly #emailByToken = new Map<string, string>()
  readonly #takers = new Map<string, string>()
  readonly #used = new Set<string>()

  constructor(mailboxUrl: string, database: Pool) {
    this.#mailboxUrl = mailboxUrl
    this.#database = database
  }

  /** All mails that were sent, oldest first. */
  async mails(): Promise<Mail[]> {
    return (await (await fetch(`${this.#mailboxUrl}/messages.json`)).json()) as Mail[]
  }

  async refresh(): Promise<void> {
    for (const { to, links } of await this.mails()) {
      const token = links
        .map((link) => new URL(link).searchParams.get('token'))
        .find((found) => found != null)
      if (token != null) this.#emailByToken.set(token, to[0] ?? '')
    }
  }

  tokens(): string[] {
    return [...this.#emailByToken.keys()]
  }

  /** A link that was not used yet, if any. An address is given to one actor alone: of two, nobody could tell who won. */
  peek(actor: string): string {
    const isFree = (email: string): boolean =>
      !this.#used.has(email) && (this.#takers.get(email) ?? actor) === actor
    const [token, email] = [...this.#emailByToken].find(([, address]) => isFree(address)) ?? []
    if (token === undefined || email === undefined) return 'B'.repeat(43)
    this.#takers.set(email, actor)
    return token
  }

  /** Whether a sign-up was completed: an answer may not have been asked for it. */
  async settle({ input }: Command): Promise<NewPerson | null> {
    const email = this.#emailByToken.get(String(input['token']))
    if (email === undefined || this.#used.has(email)) return null
    const { rows } = await this.#database.query<{ name: string | null }>(
      'select name from users where email = $1',
      [email],
    )
    if (!rows[0]) return null
    this.#used.add(email)
    return {
      email,
      name:
        String(input['name'] ?? '')
          .trim()
          .normalize('NFC') || null,
    }
  }
}
