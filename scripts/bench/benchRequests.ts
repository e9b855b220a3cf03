import type { NextRequest } from './loadGenerator.ts'
import { emailOf, FIRST_LIVE_USER, tokenOf } from './seedBench.ts'

const ME = '{ me { id email name } }'
const PAGE = `query ($after: String) { me { sessions(first: 20, after: $after) {
  nodes { id status startedAt endedAt durationSeconds timeZone } pageInfo { hasNextPage endCursor } } } }`
const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
  session { id status startedAt expiresAt } userErrors { code } } }`
const START = `mutation ($input: StartSessionInput!) { startSession(input: $input) {
  session { id startedAt timeZone status } userErrors { code } } }`
const END = `mutation ($input: EndSessionInput!) { endSession(input: $input) {
  session { id startedAt endedAt durationSeconds timeZone status } userErrors { code } } }`
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token userErrors { code } } }'

interface Target {
  path: string
  headers?: Record<string, string>
  body?: unknown
}

function request({ path, headers = {}, body }: Target): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`,
  )
}

function inTurn(requests: Buffer[]): NextRequest {
  let next = 0
  return () => requests[next++ % requests.length] as Buffer
}

const bearer = (user: number) => ({ authorization: `Bearer ${tokenOf(user)}` })
const graphql = (query: string, variables: object, headers: Record<string, string>) =>
  request({ path: '/graphql', headers, body: { query, variables } })
/** What a request is made with: the headers of the user of this number. */
export type Credential = (user: number) => Record<string, string>
const users = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** What each row of the table asks of the product, and of the bare server. */
export const benchRequests = {
  me: (by: Credential = bearer, count = 1_000) =>
    inTurn(users(count).map((user) => graphql(ME, {}, by(user)))),
  bareMe: () => inTurn(users(1_000).map((user) => request({ path: '/me', headers: bearer(user), body: {} }))),

  /** @param live users with the id of the session that each has open, as the side knows it. */
  beat: (live: { user: number; id: string }[], by: Credential = bearer) =>
    inTurn(live.map(({ user, id }) => graphql(REFRESH, { input: { id } }, by(user)))),
  bareBeat: (live: { user: number; id: string }[]) =>
    inTurn(live.map(({ user, id }) => request({ path: '/beat', headers: bearer(user), body: { id } }))),

  page: (after: string | null, user?: number) =>
    inTurn(users(1_000).map((other) => graphql(PAGE, { after }, bearer(user ?? other)))),
  pageBy: (by: Credential, count: number) =>
    inTurn(users(count).map((user) => graphql(PAGE, { after: null }, by(user)))),
  barePage: (position: string[], user?: number) =>
    inTurn(
      users(1_000).map((other) => request({ path: '/page', headers: bearer(user ?? other), body: position })),
    ),

  startAndEnd: (by: Credential = bearer, count?: number) =>
    startThenEnd(
      (user) => graphql(START, { input: { timeZone: 'Europe/Stockholm' } }, by(user)),
      (user, id) => graphql(END, { input: { id } }, by(user)),
      count,
    ),
  bareStartAndEnd: () =>
    startThenEnd(
      (user) => request({ path: '/start', headers: bearer(user), body: {} }),
      (user, id) => request({ path: '/end', headers: bearer(user), body: { id } }),
    ),

  /** Each from an address of its own, as far as the throttles see. */
  signIn(password: string, webApiSecret: string): NextRequest {
    let user = 0
    return () => {
      user += 1
      const email = emailOf(user % FIRST_LIVE_USER)
      return graphql(
        SIGN_IN,
        { input: { email, password } },
        {
          'x-web-api-secret': webApiSecret,
          'x-client-address': `10.${(user >> 16) & 255}.${(user >> 8) & 255}.${user & 255}`,
        },
      )
    }
  },
  bareSignIn: (password: string) =>
    inTurn(
      users(1_000).map((user) => request({ path: '/sign-in', body: { email: emailOf(user), password } })),
    ),

  history: (host: string) =>
    inTurn(
      users(1_000).map((user) =>
        request({
          path: '/history',
          headers: { host, accept: 'text/html', cookie: `login=${tokenOf(user)}` },
        }),
      ),
    ),
  bareHistory: () => inTurn(users(1_000).map((user) => request({ path: '/history', headers: bearer(user) }))),
}

function startThenEnd(
  start: (user: number) => Buffer,
  end: (user: number, id: string) => Buffer,
  count = FIRST_LIVE_USER - 1,
): NextRequest {
  let next = 0
  const open = new Map<number, number>()
  return (connection, answer) => {
    const user = open.get(connection)
    const id = answer && /"id":"([^"]+)"/.exec(answer)?.[1]
    if (user !== undefined && id) {
      open.delete(connection)
      return end(user, id)
    }
    const starter = (next++ % count) + 1
    open.set(connection, starter)
    return start(starter)
  }
}
