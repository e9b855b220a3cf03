import type { MikroORM } from '@mikro-orm/postgresql'
import { createHash } from 'node:crypto'

interface PgPool {
  query(query: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>
}

/**
 * Single statements of hot paths, each on any connection of the ORM's pool: outside of transactions and past the
 * identity map. PostgreSQL parses and plans them once a connection, and nothing is written into their text.
 */
export class Statements {
  readonly #orm: MikroORM
  readonly #isNamed: boolean
  readonly #names = new Map<string, string>()
  #pool: Promise<PgPool> | undefined

  /** @param options.isNamed whether statements may be named: not through a pooler in transaction mode, which refuses it. */
  constructor(orm: MikroORM, { isNamed }: { isNamed: boolean }) {
    this.#orm = orm
    this.#isNamed = isNamed
  }

  /**
   * The rows as PostgreSQL gave them; instants are text.
   *
   * @param text the same constant each time, with `$1`, `$2` … for its parameters: every text stays with the connections.
   */
  async run<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    this.#pool ??= this.#orm.em.getConnection().getNativeClient() as Promise<PgPool>
    const pool = await this.#pool
    const { rows } = await pool.query(
      this.#isNamed ? { name: this.#nameOf(text), text, values } : { text, values },
    )
    return rows as Row[]
  }

  #nameOf(text: string): string {
    let name = this.#names.get(text)
    if (name === undefined) {
      name = createHash('sha256').update(text).digest('base64url')
      this.#names.set(text, name)
    }
    return name
  }
}
