import { readFileSync, readlinkSync } from 'node:fs'

export interface HeapFigures {
  /** What is alive: garbage was collected just before. */
  heapBytes: number
  /** Buffers outside of the heap. */
  externalBytes: number
}

export interface HeapProbe {
  read(): Promise<HeapFigures>
  close(): void
}

interface InspectorAnswer {
  id: number
  result?: { result?: { value?: string } }
  error?: { message: string }
}

/** Asks a process that was started with --inspect through its inspector; the address stands in its log. */
export async function openHeapProbe(pid: number): Promise<HeapProbe> {
  const log = readFileSync(readlinkSync(`/proc/${pid}/fd/2`), 'utf8')
  const [, address] = /Debugger listening on (ws:\S+)/.exec(log) ?? []
  if (address === undefined) throw new Error(`Process ${pid} names no inspector in its log`)
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error(`No inspector at ${address}`)), { once: true })
  })
  const waiting = new Map<number, (answer: InspectorAnswer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as InspectorAnswer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  let count = 0
  const ask = async (method: string, params: object = {}): Promise<InspectorAnswer> => {
    const id = (count += 1)
    const answer = new Promise<InspectorAnswer>((resolve) => waiting.set(id, resolve))
    socket.send(JSON.stringify({ id, method, params }))
    const { error, ...rest } = await answer
    if (error) throw new Error(`${method}: ${error.message}`)
    return { ...rest, id }
  }
  return {
    async read() {
      // Twice: what finalizers let go of in the first is free in the second.
      await ask('HeapProfiler.collectGarbage')
      await ask('HeapProfiler.collectGarbage')
      const { result } = await ask('Runtime.evaluate', {
        expression: 'JSON.stringify(process.memoryUsage())',
      })
      const usage = JSON.parse(result?.result?.value ?? '') as NodeJS.MemoryUsage
      return { heapBytes: usage.heapUsed, externalBytes: usage.external }
    },
    close: () => socket.close(),
  }
}
