import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type Answer, readAnswers } from './readAnswers.ts'

export interface Exchange {
  answers: Answer[]
  /** From the last byte that was sent to the end of the first answer, or of the connection. */
  milliseconds: number
  /** Nothing more came, and the connection was not closed either. */
  isStuck: boolean
}

/** After so long without an answer the sender says that nothing more will come, as one does who hangs up. */
const HANGS_UP_AFTER_MS = 150
const GIVES_UP_AFTER_MS = 15_000

/**
 * Sends bytes over a connection of their own and reads what comes back.
 *
 * @param options.isWhole whether the bytes are one whole request, so that the first answer ends the exchange; otherwise
 *   the sender hangs up in the middle, and the connection's end is awaited.
 */
export function exchange(
  address: { host: string; port: number },
  bytes: Buffer,
  options: { isWhole: boolean; isHead: boolean },
): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, allowHalfOpen: true })
    let received = Buffer.alloc(0)
    let sentAt = performance.now()
    let firstAt: number | null = null
    let isOver = false
    const read = (isEnd: boolean): Answer[] => readAnswers(received, { isHead: options.isHead, isEnd })

    const finish = (isStuck: boolean): void => {
      if (isOver) return
      isOver = true
      clearTimeout(hangUp)
      clearTimeout(giveUp)
      socket.destroy()
      resolve({ answers: read(true), milliseconds: (firstAt ?? performance.now()) - sentAt, isStuck })
    }
    const hangUp = setTimeout(() => {
      if (!options.isWhole) {
        sentAt = performance.now()
        socket.end()
      }
    }, HANGS_UP_AFTER_MS)
    const giveUp = setTimeout(finish, GIVES_UP_AFTER_MS, true)

    socket.once('connect', () => {
      sentAt = performance.now()
      socket.write(bytes)
    })
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (read(false).length === 0) return
      firstAt ??= performance.now()
      if (options.isWhole) finish(false)
    })
    // A server that refuses a body closes while it is still being sent; what it said before that counts.
    socket.on('error', () => undefined)
    socket.once('end', () => finish(false))
    socket.once('close', () => finish(false))
  })
}
