import type { StatementRunner, TransactionRunner } from '../database/statementRunner.ts'
import type { RunningOperation } from './runningOperation.ts'

/**
 * Statements of one operation. Once its time is over none is begun any more; one that runs is ended by the limit that the
 * database sets on statements.
 */
export class OperationStatements implements TransactionRunner {
  readonly #statements: TransactionRunner
  readonly #operation: RunningOperation

  constructor(statements: TransactionRunner, operation: RunningOperation) {
    this.#statements = statements
    this.#operation = operation
  }

  run<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    this.#operation.assertInTime()
    return this.#statements.run<Row>(text, values)
  }

  read<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    this.#operation.assertInTime()
    return this.#statements.read<Row>(text, values)
  }

  async transaction<Result>(work: (transaction: StatementRunner) => Promise<Result>): Promise<Result> {
    this.#operation.assertInTime()
    return this.#statements.transaction(async (transaction) => {
      const result = await work({
        run: async (text, values) => {
          this.#operation.assertInTime()
          return transaction.run(text, values)
        },
        read: async (text, values) => {
          this.#operation.assertInTime()
          return transaction.read(text, values)
        },
      })
      this.#operation.assertInTime()
      return result
    })
  }
}
