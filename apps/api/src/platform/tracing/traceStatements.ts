import { activeSpan } from '@wellness/telemetry/activeSpan'
import type { Tracing } from '@wellness/telemetry/tracing'
import type { ObservableConnection } from '../database/observeStatements.ts'

const VERB = /^\s*([a-z]+)/i
const TABLES =
  /\b(?:from|into|update|join|select)\s+"?(users|accounts|logins|one_time_tokens|security_events|session_metadata|graphile_worker)\b/i
const VERBS = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'with',
  'begin',
  'commit',
  'rollback',
  'savepoint',
])

/**
 * A span for every request to PostgreSQL that is part of a traced one. It has the statement's verb and table for a name
 * and nothing else of it: the ORM writes values into the text.
 */
export function traceStatements(connection: ObservableConnection, tracing: Tracing): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown
  connection.query = (...args: unknown[]) => {
    if (!activeSpan.getStore()) return query(...args)
    const [statement] = args as [string | { text?: string }]
    const span = tracing.startSpan(
      nameOf(typeof statement === 'string' ? statement : (statement.text ?? '')),
      { kind: 'client', attributes: { 'db.system.name': 'postgresql' } },
    )
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      const listener = callback as (error: unknown, ...rest: unknown[]) => unknown
      return query(...args.slice(0, -1), (error: unknown, ...rest: unknown[]) => {
        span.end({ failed: error != null })
        return listener(error, ...rest)
      })
    }
    const answer = query(...args)
    if (answer instanceof Promise) {
      answer.then(
        () => span.end(),
        () => span.end({ failed: true }),
      )
    } else span.end()
    return answer
  }
}

function nameOf(sql: string): string {
  const verb = VERB.exec(sql)?.[1]?.toLowerCase() ?? ''
  const table = TABLES.exec(sql)?.[1]?.toLowerCase()
  return ['postgresql', VERBS.has(verb) ? verb : 'statement', table].filter(Boolean).join(' ')
}
