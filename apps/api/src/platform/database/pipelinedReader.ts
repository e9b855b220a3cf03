import { SECOND } from '@wellness/domain/time'
import { Client, types } from 'pg'
import type { ObservableConnection } from './observeStatements.ts'

/** A statement as the driver takes it; with a name it is parsed and planned once a connection. */
export interface Statement {
  name?: string
  text: string
  values: unknown[]
}

export interface PipelinedReaderOptions {
  /** Where to connect, as a postgres:// address. */
  url: string
  /** Is given every connection that is made. */
  onConnection?: ((connection: ObservableConnection) => void) | undefined
  /** Takes what there is to say of connections that broke. */
  log?: (message: string) => void
}

/** One that is busy with a long answer leaves the other to the rest. */
const CONNECTIONS = 2
const CONNECT_TIMEOUT_MS = 5 * SECOND
/**
 * A connection that gives no answer for so long is broken, and everything that waits for it is answered with an error.
 * Longer than any operation may take, so that whoever waited is told of the time and not of the connection.
 */
const ANSWER_TIMEOUT_MS = 15 * SECOND

/**
 * Reads over few connections on which statements follow each other without waiting for answers: one write and one read of
 * a socket serve all that were asked for in the same moment, where a pool's connection serves one at a time. A statement
 * that waits holds up those behind it, so nothing that waits for locks belongs here.
 */
export class PipelinedReader {
  readonly #options: PipelinedReaderOptions
  readonly #clients: (Promise<Client> | undefined)[] = []
  #next = 0
  #isClosed = false

  constructor(options: PipelinedReaderOptions) {
    this.#options = options
  }

  async read(statement: Statement): Promise<unknown[]> {
    this.#next = (this.#next + 1) % CONNECTIONS
    const index = this.#next
    const client = await (this.#clients[index] ??= this.#connect(index))
    return (await client.query<object>(statement)).rows
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const connecting of this.#clients) {
      const client = await connecting?.catch(() => undefined)
      await client?.end()
    }
  }

  async #connect(index: number): Promise<Client> {
    if (this.#isClosed) throw new Error('The connections to PostgreSQL are closed')
    const client = new Client({
      connectionString: this.#options.url,
      pipeline: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
      types: { getTypeParser },
    } as ConstructorParameters<typeof Client>[0])
    // The next read connects anew: one that broke is never used again.
    const forget = () => {
      this.#clients[index] = undefined
    }
    client.once('end', forget)
    client.on('error', (error) => {
      forget()
      this.#options.log?.(`PostgreSQL connection error: ${error.message}`)
    })
    this.#options.onConnection?.(client)
    try {
      await client.connect()
    } catch (error) {
      forget()
      throw error
    }
    return client
  }
}

const INSTANTS = new Set<number>([types.builtins.TIMESTAMPTZ, types.builtins.TIMESTAMP, types.builtins.DATE])

/** Instants stay the text that PostgreSQL writes, as through the ORM's pool: a Date would cut them to milliseconds. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (INSTANTS.has(oid)) return (text) => text
  return types.getTypeParser(oid, format) as (text: string) => unknown
}
