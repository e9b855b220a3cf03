import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** `refusing`: connections break, and new ones are hung up on. `silent`: all stays open, and nothing gets through. */
export type LineState = 'passing' | 'refusing' | 'silent'

/** A line to a server that can be cut while the server behind it stays as it is. */
export interface TcpProxy {
  port: number
  set(state: LineState): void
  close(): Promise<void>
}

/**
 * Starts a line on 127.0.0.1. What was on its way when the line fell silent is delivered late, as TCP does.
 *
 * @param findTarget the port that a new connection leads to; null hangs up on it.
 */
export async function startTcpProxy(findTarget: () => number | null): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let state: LineState = 'passing'

  const open = (client: Socket): void => {
    const port = findTarget()
    if (port === null) return void client.destroy()
    const target = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
  const server = createServer((client) => {
    client.on('error', () => undefined)
    if (state === 'refusing') return void client.destroy()
    if (state === 'passing') return open(client)
    const begin = (): void => {
      waiting.delete(begin)
      sockets.delete(client)
      if (!client.destroyed) open(client)
    }
    sockets.add(client)
    waiting.add(begin)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const breakAll = (): void => sockets.forEach((socket) => socket.destroy())
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      state = next
      if (next === 'refusing') breakAll()
      // Unpiped and paused: what comes stays in the buffers of the kernel.
      if (next === 'silent') sockets.forEach((socket) => socket.pause())
      if (next === 'passing') {
        sockets.forEach((socket) => socket.resume())
        waiting.forEach((begin) => begin())
      }
    },
    async close() {
      server.close()
      breakAll()
      await once(server, 'close')
    },
  }
}
