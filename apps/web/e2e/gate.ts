import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { Socket } from 'node:net'
import { findFreePort } from '@wellness/embedded/freePort'

/** A server as seen through a door that can be shut. */
export interface Gate {
  port: number
  shut(): void
  open(): Promise<void>
  /** Lets everybody in, and nothing through any more: so a server looks that hangs. */
  freeze(): void
  /** How many have come through so far. */
  connections(): number
}

export async function startGate(target: { hostname: string; port: number }): Promise<Gate> {
  const sockets = new Set<Socket>()
  let connections = 0
  let isFrozen = false
  const server = createServer((client) => {
    connections += 1
    const upstream = connect(target.port, target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    if (!isFrozen) client.pipe(upstream).pipe(client)
  })
  const port = await findFreePort()
  const gate: Gate = {
    port,
    async open() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    shut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    connections: () => connections,
  }
  await gate.open()
  return gate
}
