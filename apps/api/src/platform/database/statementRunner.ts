/** Runs single statements: on any connection, or within a transaction. */
export interface StatementRunner {
  /**
   * The rows as PostgreSQL gave them; instants are text.
   *
   * @param text the same constant each time, with `$1`, `$2` … for its parameters: every text stays with the connections.
   */
  run<Row extends object>(text: string, values: unknown[]): Promise<Row[]>
  /** The same for a select that waits for no lock: outside of a transaction it shares a connection with others. */
  read<Row extends object>(text: string, values: unknown[]): Promise<Row[]>
}

/** Also runs several statements as one. */
export interface TransactionRunner extends StatementRunner {
  /** Commits when the work is done, and rolls back when it throws. */
  transaction<Result>(work: (transaction: StatementRunner) => Promise<Result>): Promise<Result>
}
