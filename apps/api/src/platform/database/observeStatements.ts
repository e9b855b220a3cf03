/** Hears of one request to PostgreSQL. */
export type OnStatement = (sql: string) => void

/** As much of pg's pool as is needed to listen to it. */
export interface StatementPool {
  on(event: 'connect', listener: (client: { query: (...args: never[]) => unknown }) => void): unknown
}

/**
 * Listens on the connections themselves, where every statement passes whoever sent it: a count of what the ORM says it
 * sent would miss transactions, and whatever goes around it.
 */
export function observeStatements(pool: StatementPool, onStatement: OnStatement): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = (...args: unknown[]) => {
      const [statement] = args as [string | { text?: string }]
      onStatement(typeof statement === 'string' ? statement : (statement.text ?? ''))
      return query(...args)
    }
  })
}
