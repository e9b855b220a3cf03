import type { FuzzRequest } from './fuzzRequest.ts'

const BODY_SHOWN_LENGTH = 1_500
const VALUE_SHOWN_LENGTH = 300

/** A line by which a person can send the request again; what a shell cannot hold is written as escapes. */
export function toCurl(request: FuzzRequest, origin: string): string {
  if (request.raw !== null) {
    const { hostname, port } = new URL(origin)
    return `printf ${quote(shorten(escapeBytes(request.raw, true), BODY_SHOWN_LENGTH))} | nc -N ${hostname} ${port}`
  }
  const headers = request.headers.map(
    ([name, value]) => ` -H ${quote(shorten(escapeBytes(`${name}: ${value}`, false), VALUE_SHOWN_LENGTH))}`,
  )
  const body =
    request.body === ''
      ? ''
      : ` --data-binary ${quote(shorten(escapeBytes(request.body, false), BODY_SHOWN_LENGTH))}`
  const framing = request.framing === 'chunked' ? ` -H 'transfer-encoding: chunked'` : ''
  const encoding = request.encoding === 'utf8' ? '' : ` # body in ${request.encoding}`
  const target = shorten(request.path, VALUE_SHOWN_LENGTH)
  return `curl -i -X ${request.method} ${quote(origin)} --request-target ${quote(target)}${headers.join('')}${framing}${body}${encoding}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function escapeBytes(text: string, isForPrintf: boolean): string {
  const plain = isForPrintf ? text.replaceAll('\\', '\\\\').replaceAll('%', '%%') : text
  return plain.replaceAll(/[^\x20-\x7e]/g, (unit) => {
    const code = unit.charCodeAt(0)
    return code < 256
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`
}
