import type { FuzzRequest } from './fuzzRequest.ts'

/** What a request is on the wire. Each one asks for the connection to be closed, unless it speaks of that itself. */
export function toBytes(request: FuzzRequest, host: string): Buffer {
  if (request.raw !== null) return Buffer.from(request.raw, 'latin1')
  const body = Buffer.from(request.body, request.encoding)
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()))
  const own: [string, string][] = []
  if (!given.has('host')) own.push(['host', host])
  if (!given.has('connection')) own.push(['connection', 'close'])
  const hasBody = body.length > 0 || request.method === 'POST'
  if (hasBody && request.framing === 'length' && !given.has('content-length'))
    own.push(['content-length', String(body.length)])
  if (request.framing === 'chunked') own.push(['transfer-encoding', 'chunked'])
  const lines = [...own, ...request.headers].map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
  return Buffer.concat([head, request.framing === 'chunked' ? inChunks(body) : body])
}

function inChunks(body: Buffer): Buffer {
  const pieces: Buffer[] = []
  const size = Math.max(1, Math.ceil(body.length / 3))
  for (let start = 0; start < body.length; start += size) {
    const piece = body.subarray(start, start + size)
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')])
}
