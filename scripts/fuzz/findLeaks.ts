import { resolve } from 'node:path'
import { marks } from './marks.ts'

const root = resolve(import.meta.dirname, '../..')

/** Names of tables and columns, which only a statement or a driver's error would show. */
const SQL =
  /session_metadata|one_time_tokens|security_events|graphile_worker|token_hash|password_hash|auth_epoch|"?severity"?:|\bselect .{1,80}\bfrom\b|\binsert into\b/i
/** How drivers and runtimes word what went wrong. */
const DRIVER =
  /\b\w+(?:Exception|Error): |error at or near|invalid byte sequence|invalid input syntax|violates \S+(?: \S+)? constraint|value too long for type|relation \S+ does not exist|ECONNRE/
const STACK = /\bat (?:async )?[\w.<>[\] ]*\(?(?:file:\/\/|node:|\/)[^\s)]*:\d+:\d+|node_modules\//
/** As passwords are stored. */
const HASH = /\$2[aby]\$\d\d\$/
const PATHS = new RegExp(`${root}|/tmp/wellness-|/apps/(?:api|web)/`)

/** What no answer and no log line may hold, whoever asked. */
export class LeakFinder {
  readonly #secrets: [name: string, value: string][]
  /** What is no secret from who reads the logs. */
  readonly #inner: [name: string, value: string][]

  constructor(env: NodeJS.ProcessEnv) {
    const databaseUrl = env['DATABASE_URL'] ?? ''
    const named: [string, string][] = [
      ['AUTH_SECRET', env['AUTH_SECRET'] ?? ''],
      ['WEB_API_SECRET', env['WEB_API_SECRET'] ?? ''],
      ['DATABASE_URL', databaseUrl],
      ['the database password', new URL(databaseUrl).password],
      ['a password', marks.password],
      ['a login token', marks.token],
      ['the name of somebody else', marks.stranger],
    ]
    this.#secrets = named.filter(([, value]) => value.length >= 8)
    this.#inner = [
      ['a session of somebody else', marks.strangerZone],
      ['REDIS_URL', env['REDIS_URL'] ?? ''],
      ['SMTP_URL', env['SMTP_URL'] ?? ''],
    ]
  }

  inAnswer(text: string): string[] {
    return [
      ...this.#inAnything(text),
      ...this.#inner.filter(([, value]) => text.includes(value)).map(([name]) => name),
      ...(SQL.test(text) ? ['SQL'] : []),
      ...(DRIVER.test(text) ? ["a driver's words"] : []),
      ...(STACK.test(text) ? ['a stack'] : []),
      ...(PATHS.test(text) ? ['a path of a file'] : []),
    ]
  }

  /** @param tokens logins that answers gave away. */
  inLog(line: string, tokens: ReadonlySet<string>): string[] {
    const folded = line.toLowerCase()
    return [
      ...this.#inAnything(line),
      ...(folded.includes(marks.mailDomain) ? ['a mail address'] : []),
      ...(folded.includes(marks.text) ? ['text of a request'] : []),
      ...(line.match(/[\w-]{43,}/g)?.some((run) => tokens.has(run)) ? ['a login token that was issued'] : []),
    ]
  }

  #inAnything(text: string): string[] {
    const found = this.#secrets.filter(([, value]) => text.includes(value)).map(([name]) => name)
    return HASH.test(text) ? [...found, 'the hash of a password'] : found
  }
}
