import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import bcrypt from 'bcrypt'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { barePage } from './barePage.ts'

/**
 * The least that does the work: node:http, prepared statements, pipelined Redis, JSON. It checks nothing, limits nothing
 * and logs nothing; what the product costs is told against it.
 */
const [port, databaseUrl = '', redisUrl = '', passwordHash = ''] = process.argv.slice(2)
const pool = new Pool({ connectionString: databaseUrl, max: 10 })
const redis = new Redis(redisUrl, { enableAutoPipelining: true })

const VIEWER = `select l.id as login_id, u.id, u.name, u.email, s.id as session_id, s.started_at, s.last_seen_at
  from logins l join users u on u.id = l.user_id left join session_metadata s on s.user_id = u.id and s.ended_at is null
  where l.token_hash = $1 and l.expires_at > $2`
const PAGE = `select id, started_at, ended_at, duration_seconds, time_zone, status from session_metadata
  where user_id = $1 and (started_at, id) < ($2::timestamptz, $3::uuid) order by started_at desc, id desc limit 21`
const INSERT = `insert into session_metadata (id, user_id, started_at, last_seen_at, time_zone, status)
  values (uuidv7(), $1, $2, $2, $3, 'RUNNING') on conflict do nothing returning id, started_at, time_zone, status`
const END = `update session_metadata set ended_at = $1, status = 'COMPLETED',
    duration_seconds = floor(extract(epoch from $1::timestamptz - started_at))
  where id = $2 and user_id = $3 and ended_at is null returning id, started_at, ended_at, duration_seconds, time_zone, status`

type Row = Record<string, string>
const run = async (name: string, text: string, values: unknown[]): Promise<Row[]> =>
  (await pool.query<Row>({ name, text, values })).rows
const viewerOf = async (request: IncomingMessage): Promise<Row> => {
  const hash = createHash('sha256')
    .update(request.headers.authorization?.slice('Bearer '.length) ?? '')
    .digest()
  const [viewer] = await run('viewer', VIEWER, [hash, new Date()])
  return viewer ?? {}
}

const answers: Record<string, (request: IncomingMessage, body: string) => Promise<unknown>> = {
  async '/me'(request) {
    const [viewer] = await Promise.all([viewerOf(request), redis.exists('session:{bare}')])
    return { data: { me: { id: viewer['id'], email: viewer['email'], name: viewer['name'] } } }
  },
  async '/beat'(request, body) {
    const { id } = JSON.parse(body) as { id: string }
    const [viewer] = await Promise.all([viewerOf(request), redis.expire(`session:{${id}}`, 3600)])
    const session = { id, status: 'RUNNING', startedAt: viewer['started_at'], expiresAt: new Date() }
    return { data: { refreshSession: { session, userErrors: [] } } }
  },
  async '/start'(request) {
    const viewer = await viewerOf(request)
    const [session] = await run('insert', INSERT, [viewer['id'], new Date(), 'Europe/Stockholm'])
    const id = session?.['id'] ?? ''
    await Promise.all([
      redis.set(`session:{${id}}`, JSON.stringify({ userId: viewer['id'] }), 'EX', 3600),
      redis.zadd('beats:{bare}', 'GT', Date.now(), id),
    ])
    return { data: { startSession: { session, userErrors: [] } } }
  },
  async '/end'(request, body) {
    const { id } = JSON.parse(body) as { id: string }
    const viewer = await viewerOf(request)
    const [session] = await run('end', END, [new Date(), id, viewer['id']])
    await Promise.all([redis.del(`session:{${id}}`), redis.zrem('beats:{bare}', id)])
    return { data: { endSession: { session, userErrors: [] } } }
  },
  async '/page'(request, body) {
    const viewer = await viewerOf(request)
    return {
      data: { me: { sessions: { nodes: await readPage(viewer['id'], JSON.parse(body) as string[]) } } },
    }
  },
  async '/sign-in'(_request, body) {
    const { email, password } = JSON.parse(body) as { email: string; password: string }
    await run('user', 'select id, password_hash from users where email = $1', [email])
    return { data: { signIn: { matches: await bcrypt.compare(password, passwordHash) } } }
  },
  async '/history'(request) {
    const viewer = await viewerOf(request)
    const rows = await readPage(viewer['id'], ['infinity', '00000000-0000-0000-0000-000000000000'])
    return `<!doctype html>${renderToString(createElement(barePage, { rows }))}`
  },
}

async function readPage(userId: string | undefined, position: string[]): Promise<Row[]> {
  return (await run('page', PAGE, [userId, ...position])).slice(0, 20)
}

createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => (body += chunk))
  request.on('end', () => {
    const answer = answers[request.url ?? '']
    if (!answer) return response.writeHead(request.url === '/ready' ? 200 : 404).end()
    answer(request, body).then(
      (result) => {
        const isPage = typeof result === 'string'
        const text = isPage ? result : JSON.stringify(result)
        response.writeHead(200, {
          'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        })
        response.end(text)
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
}).listen(Number(port), '127.0.0.1')
