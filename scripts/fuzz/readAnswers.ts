export interface Answer {
  status: number
  /** Names in lower case; what stood there twice is joined by a comma, cookies by a line feed. */
  headers: ReadonlyMap<string, string>
  body: string
}

const HEAD_END = '\r\n\r\n'

/** The whole answers among the bytes of a connection; those that are only on their way (1xx) are left out. */
export function readAnswers(bytes: Buffer, { isHead, isEnd }: { isHead: boolean; isEnd: boolean }): Answer[] {
  const answers: Answer[] = []
  let rest = bytes
  for (;;) {
    const headEnd = rest.indexOf(HEAD_END)
    if (headEnd < 0) return answers
    const [statusLine = '', ...lines] = rest.subarray(0, headEnd).toString('latin1').split('\r\n')
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1] ?? 0)
    const headers = readHeaders(lines)
    rest = rest.subarray(headEnd + HEAD_END.length)
    if (status >= 100 && status < 200) continue

    const hasNoBody = isHead || status === 204 || status === 304
    const body = hasNoBody ? { bytes: Buffer.alloc(0), length: 0 } : readBody(rest, headers, isEnd)
    if (body === null) return answers
    answers.push({ status, headers, body: body.bytes.toString('utf8') })
    rest = rest.subarray(body.length)
  }
}

function readHeaders(lines: string[]): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const before = headers.get(name)
    const value = line.slice(colon + 1).trim()
    headers.set(name, before === undefined ? value : before + (name === 'set-cookie' ? '\n' : ', ') + value)
  }
  return headers
}

/** Null while it is not whole. `length` is what it took on the wire. */
function readBody(
  rest: Buffer,
  headers: Map<string, string>,
  isEnd: boolean,
): { bytes: Buffer; length: number } | null {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(rest)
  const given = headers.get('content-length')
  if (given === undefined) return isEnd ? { bytes: rest, length: rest.length } : null
  const length = Number(given)
  return rest.length < length ? null : { bytes: rest.subarray(0, length), length }
}

function readChunks(rest: Buffer): { bytes: Buffer; length: number } | null {
  const pieces: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at)
    if (lineEnd < 0) return null
    const size = parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16)
    const start = lineEnd + 2
    if (!(size >= 0) || rest.length < start + size + 2) return null
    if (size === 0) return { bytes: Buffer.concat(pieces), length: start + 2 }
    pieces.push(rest.subarray(start, start + size))
    at = start + size + 2
  }
}
