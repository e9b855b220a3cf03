import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Where a request to PostgreSQL is to wait. */
export interface HoldingPoint {
  /** Counted from 0, over all connections, from the moment at which this is asked for. */
  request: number
  /** Before: PostgreSQL knows nothing of it. After: it was done, and whoever asked has not heard. */
  side: 'before' | 'after'
}

export interface Hold {
  /** Resolves when a request waits there. */
  reached: Promise<void>
  /** Lets it go on; or, where nothing came so far, lets everything pass. */
  release(): void
}

/** A process's line to PostgreSQL, on which a test can hold one request while all other connections go on. */
export class PostgresLine {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #target: URL
  #armed: { left: number; side: HoldingPoint['side']; reach: (gate: Gate) => void } | null = null

  private constructor(databaseUrl: string) {
    this.#target = new URL(databaseUrl)
    this.#server = createServer((client) => this.#join(client))
  }

  static async open(databaseUrl: string): Promise<PostgresLine> {
    const line = new PostgresLine(databaseUrl)
    line.#server.listen(0, '127.0.0.1')
    await once(line.#server, 'listening')
    return line
  }

  /** Where the process connects to. */
  get url(): string {
    const url = new URL(this.#target)
    url.hostname = '127.0.0.1'
    url.port = String((this.#server.address() as AddressInfo).port)
    return url.href
  }

  holdAt({ request, side }: HoldingPoint): Hold {
    let gate: Gate | null = null
    const reached = new Promise<void>((resolve) => {
      this.#armed = {
        left: request,
        side,
        reach(held) {
          held.shut()
          gate = held
          resolve()
        },
      }
    })
    return {
      reached,
      release: () => {
        this.#armed = null
        gate?.open()
      },
    }
  }

  /** Breaks all connections; new ones are taken. */
  cut(): void {
    this.#armed = null
    for (const socket of this.#sockets) socket.destroy()
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket): void {
    const target = connect(Number(this.#target.port || 5432), this.#target.hostname)
    const [requests, answers] = [new Gate(target), new Gate(client)]
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      this.#sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
    }
    client.on('data', (chunk) => {
      if (isRequest(chunk)) this.#pass({ before: requests, after: answers })
      requests.write(chunk)
    })
    target.on('data', (chunk) => answers.write(chunk))
  }

  #pass(gates: Record<HoldingPoint['side'], Gate>): void {
    const armed = this.#armed
    if (!armed || armed.left-- > 0) return
    this.#armed = null
    armed.reach(gates[armed.side])
  }
}

/** Of PostgreSQL's messages, a Query or the Parse that a prepared one begins with; not what opens a connection. */
function isRequest(chunk: Buffer): boolean {
  return chunk[0] === 0x51 || chunk[0] === 0x50
}

class Gate {
  readonly #socket: Socket
  #waiting: Buffer[] | null = null

  constructor(socket: Socket) {
    this.#socket = socket
  }

  write(chunk: Buffer): void {
    if (this.#waiting) this.#waiting.push(chunk)
    else this.#socket.write(chunk)
  }

  shut(): void {
    this.#waiting = []
  }

  open(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const chunk of waiting) this.#socket.write(chunk)
  }
}
