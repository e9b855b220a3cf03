import type { MikroORM } from '@mikro-orm/postgresql'
import { createHash } from 'node:crypto'
import { toIsoText } from '../clock/toIsoText.ts'
import type { PipelinedReader, Statement } from './pipelinedReader.ts'
import type { StatementRunner, TransactionRunner } from './statementRunner.ts'

interface PgConnection {
  query(statement: Statement | string): Promise<{ rows: unknown[] }>
}

interface PgPool extends PgConnection {
  connect(): Promise<PgConnection & { release(error?: Error | boolean): void }>
}

/**
 * The statements of hot paths, past the ORM and its identity map: values go beside the text and never into it, and
 * nothing is hydrated. Writes and transactions take connections of the ORM's pool; reads are pipelined.
 */
export class Statements implements TransactionRunner {
  readonly #orm: MikroORM
  readonly #reader: PipelinedReader
  readonly #isNamed: boolean
  readonly #names = new Map<string, string>()
  #pool: Promise<PgPool> | undefined

  /** @param options.isNamed whether statements may be named: not through a pooler in transaction mode, which refuses it. */
  constructor(orm: MikroORM, reader: PipelinedReader, { isNamed }: { isNamed: boolean }) {
    this.#orm = orm
    this.#reader = reader
    this.#isNamed = isNamed
  }

  async run<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return (await (await this.#findPool()).query(this.#toStatement(text, values))).rows as Row[]
  }

  read<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return this.#reader.read(this.#toStatement(text, values)) as Promise<Row[]>
  }

  async transaction<Result>(work: (transaction: StatementRunner) => Promise<Result>): Promise<Result> {
    const connection = await (await this.#findPool()).connect()
    const run = async <Row extends object>(text: string, values: unknown[]) =>
      (await connection.query(this.#toStatement(text, values))).rows as Row[]
    try {
      await connection.query('begin')
      const result = await work({ run, read: run })
      await connection.query('commit')
      connection.release()
      return result
    } catch (error) {
      // A connection whose transaction cannot be ended is of no use to anybody.
      await connection.query('rollback').then(
        () => connection.release(),
        () => connection.release(true),
      )
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#reader.close()
  }

  #findPool(): Promise<PgPool> {
    return (this.#pool ??= this.#orm.em.getConnection().getNativeClient() as Promise<PgPool>)
  }

  #toStatement(text: string, given: unknown[]): Statement {
    const values = given.map(toParameter)
    return this.#isNamed ? { name: this.#nameOf(text), text, values } : { text, values }
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

/** The driver writes a Date in the zone of the process, part by part, which takes ten times as long. */
function toParameter(value: unknown): unknown {
  return value instanceof Date ? toIsoText(value) : value
}
