/** Hears of one request to PostgreSQL. */
export type OnStatement = (sql: string) => void

/** As much of a connection as is needed to listen to it. */
export interface ObservableConnection {
  query: (...args: never[]) => unknown
}

/**
 * Listens on a connection itself, where every statement passes whoever sent it: a count of what the ORM says it sent
 * would miss transactions, and whatever goes around it.
 */
export function observeStatements(connection: ObservableConnection, onStatement: OnStatement): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown
  connection.query = (...args: unknown[]) => {
    const [statement] = args as [string | { text?: string }]
    onStatement(typeof statement === 'string' ? statement : (statement.text ?? ''))
    return query(...args)
  }
}
