import { SECOND } from '@wellness/domain/time'
import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'

/** However many still knock. */
const KNOCKING_MAX_MS = SECOND
/** For connections that clients keep and seldom use: one that is closed just as it is used again loses that request. */
const LINGER_MS = 3 * SECOND

/**
 * Stops listening, waits a while for the connections that are open (while the process drains, each closes with its next
 * answer), and hangs up on those that are idle still.
 *
 * The event loop takes in one waiting connection a turn. Those that still wait when the door is shut are reset by the kernel,
 * with the requests that were sent on them; so it is shut after a turn in which nobody came.
 */
export async function shutDoor(server: HttpServer): Promise<void> {
  let someoneCame = true
  const note = () => {
    someoneCame = true
  }
  server.on('connection', note)
  const giveUpAt = performance.now() + KNOCKING_MAX_MS
  while (someoneCame && performance.now() < giveUpAt) {
    someoneCame = false
    await nextTurn()
  }
  server.off('connection', note)
  const empty = once(server, 'close')
  // The TCP server's: that of HTTP also hangs up where somebody has connected and not yet sent anything.
  Server.prototype.close.call(server)
  await Promise.race([empty, delay(LINGER_MS, undefined, { ref: false })])
  // The timer may come before what has arrived was read: a connection on which a request waits would seem idle.
  await nextTurn()
  server.closeIdleConnections()
}
