/** As much of pg's pool as is needed to find its connections, and to make them in another way. */
export interface CancellablePool {
  options: object
  Client: new (options: object) => ClientParts
  on(event: 'connect' | 'remove', listener: (client: ClientParts) => void): unknown
}

interface ClientParts {
  host: string
  port: number
  ssl: unknown
  processID: number | null
  secretKey: number | null
  connection: {
    connect(port: number, host: string): void
    requestSsl(): void
    cancel(processId: number, secretKey: number): void
    once(event: 'connect' | 'sslconnect' | 'end', listener: () => void): unknown
    once(event: 'error', listener: (error: Error) => void): unknown
  }
}

/**
 * Has statements cancelled by the request that PostgreSQL's protocol has for it, which poolers pass on. Kysely would log
 * in once more and call `pg_cancel_backend`; behind a pooler a connection has no process of its own, so that nothing would
 * be cancelled, or with bad luck somebody else's statement.
 */
export function cancelByProtocol(pool: CancellablePool): void {
  const secretKeys = new Map<number, number>()
  pool.on('connect', ({ processID, secretKey }) => {
    if (processID !== null && secretKey !== null) secretKeys.set(processID, secretKey)
  })
  pool.on('remove', ({ processID }) => void secretKeys.delete(processID ?? 0))

  const Client = pool.Client
  /** Stands in for the connection that Kysely makes for its one call. */
  class CancelRequest {
    readonly #client: ClientParts

    constructor(options: object) {
      this.#client = new Client(options)
    }

    async connect(): Promise<void> {
      // The request takes a connection without a login, which is made when it is known what to cancel.
    }

    query(call: string): Promise<void> {
      const processId = Number(/^select pg_cancel_backend\((-?\d+)\)$/.exec(call)?.[1])
      const secretKey = secretKeys.get(processId)
      if (secretKey === undefined) return Promise.resolve()
      const { connection, host, port, ssl } = this.#client
      const cancel = () => connection.cancel(processId, secretKey)
      return new Promise((resolve, reject) => {
        connection.once('connect', ssl ? () => connection.requestSsl() : cancel)
        connection.once('sslconnect', cancel)
        connection.once('error', reject)
        // The server says nothing and hangs up.
        connection.once('end', resolve)
        connection.connect(port, host)
      })
    }

    end(): void {
      // The server has hung up.
    }
  }
  // The pool makes its own connections with its very options, and Kysely with a copy of them.
  pool.Client = function (options: object) {
    return options === pool.options ? new Client(options) : new CancelRequest(options)
  } as unknown as CancellablePool['Client']
}
