import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** Says what a connection sends next, from the answer that it got to what it sent before. */
export type NextRequest = (connection: number, answer: string | null) => Buffer

export interface Load {
  port: number
  connections: number
  durationMs: number
  next: NextRequest
  /** Takes a 429 for an answer: for a client that asks for more than it may. */
  isGreedy?: boolean
}

export interface LoadResult {
  answers: number
  /** Those of the answers that were a 429. */
  refusals: number
  durationsMs: number[]
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

/**
 * Keeps so many connections busy over raw sockets, each with one request at a time: a client that costs little, since it
 * shares the machine with what it measures. Answers are whole JSON or HTML; one that is no 200 ends the run, but for a 429 to who is greedy.
 */
export async function generateLoad(load: Load): Promise<LoadResult> {
  const result: LoadResult = { answers: 0, refusals: 0, durationsMs: [] }
  const endsAt = performance.now() + load.durationMs
  await Promise.all(
    Array.from({ length: load.connections }, (_, connection) => keepBusy(load, connection, endsAt, result)),
  )
  return result
}

function keepBusy(
  { port, next, isGreedy = false }: Load,
  connection: number,
  endsAt: number,
  result: LoadResult,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer[] = []
    let sentAt = 0
    let lastAnswer: string | null = null
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, send)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The server closed a connection')))

    function send(): void {
      sentAt = performance.now()
      if (sentAt >= endsAt) return finish(socket)
      socket.write(next(connection, lastAnswer))
    }
    function finish(socket: Socket): void {
      socket.removeAllListeners('close')
      socket.destroy()
      resolve()
    }
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk)
      const answer = received.length === 1 ? chunk : Buffer.concat(received)
      if (!isWhole(answer)) return
      received = []
      lastAnswer = answer.toString()
      const isRefusal = isGreedy && lastAnswer.startsWith('HTTP/1.1 429 ')
      if (isRefusal) result.refusals += 1
      else if (!lastAnswer.startsWith('HTTP/1.1 200 ') || lastAnswer.includes('"errors"'))
        return reject(new Error(`A request was answered with ${lastAnswer.slice(0, 600)}`))
      result.answers += 1
      result.durationsMs.push(performance.now() - sentAt)
      send()
    })
  })
}

function isWhole(answer: Buffer): boolean {
  const headEnd = answer.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, headEnd))
  if (!length) return answer.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
  return answer.length >= headEnd + HEAD_END.length + Number(length[1])
}
