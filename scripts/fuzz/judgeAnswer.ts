import type { LeakFinder } from './findLeaks.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { marks } from './marks.ts'
import type { Answer } from './readAnswers.ts'

const CODES_BY_STATUS: Record<number, string[]> = {
  400: [
    'BAD_REQUEST',
    'UNKNOWN_DOCUMENT',
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_USER_INPUT',
  ],
  401: ['UNAUTHENTICATED'],
  403: ['REAUTHENTICATION_REQUIRED', 'FORBIDDEN'],
  404: ['NOT_FOUND'],
  405: ['METHOD_NOT_ALLOWED'],
  406: ['NOT_ACCEPTABLE'],
  408: ['TIMEOUT'],
  409: ['CONFLICT', 'IN_PROGRESS', 'OUTCOME_UNKNOWN'],
  413: ['PAYLOAD_TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  429: ['RATE_LIMITED'],
  431: ['PAYLOAD_TOO_LARGE'],
}
/** With data or without, at 200. */
const CODES_WITHIN = ['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED']
const ERRORS_MAX = 5
const REQUEST_ID = /^[\w-]{8,64}$/
const WEB_HEADERS = [
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'permissions-policy',
]
/** All that the web app sets; another name, or two in one header, was written by who sent the request. */
const COOKIE =
  /^(?:login|device|refused|undone|kept-forms|sent-to|done|dismissed-notice)=[^;,\s]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/
/** Pieces of `hostileText` as a browser would run them. */
const UNESCAPED = /<script>alert\(1\)|<img src=x onerror|<\/script><script>/

interface GraphqlError {
  message?: unknown
  extensions?: { code?: unknown; requestId?: unknown }
}

/** What is wrong with an answer, whatever the request was. Each in words that do not change with the request. */
export function judgeAnswer(
  request: FuzzRequest,
  answer: Answer,
  leaks: LeakFinder,
  { ownEmails, webOrigin }: { ownEmails: readonly string[]; webOrigin: string },
): string[] {
  const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n')
  const problems: string[] = []
  if (answer.status >= 500 || answer.status === 0) problems.push(`status ${answer.status}`)
  if (!REQUEST_ID.test(answer.headers.get('x-request-id') ?? ''))
    problems.push(`no x-request-id at ${answer.status}`)
  problems.push(
    ...(request.target === 'api' ? judgeApi(request, answer) : judgeWeb(request, answer, webOrigin)),
  )
  const whole = `${headers}\n${answer.body}`
  // What a form has in another field than the password's is shown to its sender again.
  const echoes = request.target === 'web' && hasPasswordElsewhere(request)
  const found = leaks.inAnswer(withoutOwnCookie(whole))
  for (const leak of found)
    if (!(echoes && leak === 'a password') && !(leak === 'SQL' && hasTableNames(request, answer)))
      problems.push(`${leak} in the answer`)
  if (showsStranger(whole, request, ownEmails))
    problems.push('the mail address of somebody else in the answer')
  return problems
}

function judgeApi(request: FuzzRequest, { status, headers, body }: Answer): string[] {
  const problems: string[] = []
  if (headers.get('cache-control') !== 'no-store') problems.push(`no cache-control: no-store at ${status}`)
  if (headers.get('vary') !== 'Accept') problems.push(`no vary: Accept at ${status}`)
  if (request.method === 'HEAD' || status === 304) return problems
  const type = headers.get('content-type') ?? ''
  if (status === 200 && type.startsWith('text/plain')) return problems
  if (!/^application\/(json|graphql-response\+json); charset=utf-8$/.test(type))
    problems.push(`content-type at ${status}`)

  const parsed = parseRecord(body)
  if (!parsed) return [...problems, `no JSON at ${status}`]
  if (status === 200 && ('status' in parsed || isCopy(request))) return problems
  const { errors, data } = parsed
  if (errors === undefined)
    return data === undefined || status !== 200
      ? [...problems, `neither data nor errors at ${status}`]
      : problems
  if (!Array.isArray(errors) || errors.length === 0) return [...problems, `errors are no list at ${status}`]
  if (data === undefined && errors.length > ERRORS_MAX) problems.push('more errors than are told')
  for (const { message, extensions } of errors as GraphqlError[]) {
    const code = String(extensions?.code)
    const allowed = status === 200 ? CODES_WITHIN : (CODES_BY_STATUS[status] ?? [])
    if (!allowed.includes(code)) problems.push(`code ${code} at ${status}`)
    if (extensions?.requestId !== headers.get('x-request-id'))
      problems.push(`an error without the request's id at ${status}`)
    if (typeof message !== 'string' || message.length === 0 || message.length > 500)
      problems.push(`an error without a message of its own at ${status}`)
    else if (message.toLowerCase().includes(marks.text) || message.includes(marks.mailDomain))
      problems.push('an error repeats what was sent')
  }
  if (status === 429 && !headers.has('retry-after')) problems.push('no retry-after at 429')
  if (status === 405 && !headers.has('allow')) problems.push('no allow at 405')
  return problems
}

function judgeWeb(request: FuzzRequest, { status, headers, body }: Answer, webOrigin: string): string[] {
  const problems = WEB_HEADERS.filter((name) => !headers.has(name)).map((name) => `no ${name} at ${status}`)
  const cacheControl = headers.get('cache-control') ?? ''
  const isAsset =
    cacheControl.startsWith('public, max-age=') && (status === 200 || status === 304 || status === 206)
  const type = headers.get('content-type') ?? ''
  const isHealth = status === 200 && type.startsWith('application/json') && body.startsWith('{"status"')
  if (!isAsset && !isHealth && cacheControl !== 'no-store')
    problems.push(`no cache-control: no-store at ${status}`)
  const isBeat = request.path.startsWith('/session/beat')
  const isPage = status >= 400 && !isBeat && !/\.data|__manifest/.test(request.path)
  if (isPage && request.method !== 'HEAD' && !type.startsWith('text/html'))
    problems.push(`an error that is no page at ${status}`)
  if (isPage && request.method !== 'HEAD' && !body.includes('</html>'))
    problems.push(`a page that is not whole at ${status}`)
  const location = headers.get('location') ?? findLocation(status, body)
  if (location !== undefined && !leadsHome(location, webOrigin))
    problems.push('a redirect that leads elsewhere')
  const cookies = headers.get('set-cookie')?.split('\n') ?? []
  if (!cookies.every((cookie) => COOKIE.test(cookie))) problems.push("a cookie that is none of the web app's")
  if (type.startsWith('text/html') && UNESCAPED.test(body)) problems.push('text of a request as markup')
  if (isFromElsewhere(request, webOrigin) && status < 400) problems.push('a form from elsewhere is taken')
  return problems
}

/** Where an answer to a script leads: it is data, and the script goes there. */
function findLocation(status: number, body: string): string | undefined {
  if (status !== 202) return undefined
  try {
    const values = JSON.parse(body.split('\n', 1)[0] ?? '') as unknown[]
    const at = values.indexOf('redirect')
    return at < 0 ? undefined : String(values[at + 1])
  } catch {
    return undefined
  }
}

/** As browsers read it, which leave out tabs and take one slash for another. */
function leadsHome(location: string, webOrigin: string): boolean {
  const address = URL.parse(location, webOrigin)
  return address?.origin === webOrigin && address.username === '' && address.password === ''
}

/** Whether a browser that sent this said that another site made it do so. */
function isFromElsewhere({ kind, method, headers }: FuzzRequest, webOrigin: string): boolean {
  if (kind !== 'form, from elsewhere' || method !== 'POST') return false
  return headers.some(
    ([name, value]) =>
      (name === 'origin' && value !== webOrigin && value !== 'null') ||
      (name === 'sec-fetch-site' && /cross-site|same-site/.test(value)),
  )
}

/**
 * Figures have the names of tables; they are told to the machine that the services run on, as which the run may pass.
 * Copies of one's data have them as well.
 */
function hasTableNames(request: FuzzRequest, { status, headers }: Answer): boolean {
  const isMetrics =
    request.path.startsWith('/metrics') && (headers.get('content-type') ?? '').includes('version=')
  return status === 200 && (isMetrics || isCopy(request))
}

function isCopy({ path }: FuzzRequest): boolean {
  return /^\/+(?:export\/account\.json|settings\/data\/export)/i.test(path)
}

function showsStranger(whole: string, request: FuzzRequest, ownEmails: readonly string[]): boolean {
  const shown =
    whole
      .toLowerCase()
      .match(new RegExp(`(?:actor|bystander)-\\d+@${marks.mailDomain.replace('.', '\\.')}`, 'g')) ?? []
  return shown.some((email) => !ownEmails.includes(email) && !sentText(request).includes(email))
}

function sentText(request: FuzzRequest): string {
  const text =
    `${request.path} ${request.headers.flat().join(' ')} ${request.body} ${request.raw ?? ''}`.toLowerCase()
  return `${text} ${text.replaceAll('%40', '@')}`
}

/** Signing in answers with a cookie, which is what it is for. */
function withoutOwnCookie(text: string): string {
  return text.replace(/^set-cookie: .*$/gm, (line) => (line.startsWith('set-cookie: login=') ? '' : line))
}

function hasPasswordElsewhere(request: FuzzRequest): boolean {
  const form = new URLSearchParams(Buffer.from(request.body, request.encoding).toString('utf8'))
  return [...form].some(
    ([name, value]) =>
      name.includes(marks.password) || (!/password$/i.test(name) && value.includes(marks.password)),
  )
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
