import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LeakFinder } from './findLeaks.ts'

const SERVICES = ['api', 'worker', 'web'] as const
/** Which zones there are, PostgreSQL alone knows; it is asked before anything is stored. */
const REFUSED_BY_DESIGN = /^time zone "[^"]*" not recognized$/
const SHOWN_LENGTH = 1_200

export interface LogAudit {
  lines: number
  problems: string[]
}

/**
 * Reads every line that the services logged: each one record of JSON, without a secret, and none that tells of a fault.
 *
 * @param postgresLog what PostgreSQL wrote meanwhile: a statement that it refused had something in it that should have been
 *   refused before, even if the answer hid that.
 */
export function auditLogs(
  logDir: string,
  leaks: LeakFinder,
  tokens: ReadonlySet<string>,
  requestOf: (id: string) => string | undefined,
  postgresLog: string,
): LogAudit {
  const found = new Map<string, string>()
  let lines = 0
  for (const service of SERVICES) {
    const text = readFileSync(join(logDir, `${service}.log`), 'utf8')
    for (const line of text.split('\n')) {
      if (line === '') continue
      lines += 1
      const record = parseRecord(line)
      const problems = leaks.inLog(line, tokens).map((leak) => `${leak} in the log`)
      if (!record) problems.push('a line that is no record')
      else if (
        record['level'] === 'error' ||
        record['level'] === 50 ||
        record['level'] === 'fatal' ||
        record['level'] === 60
      )
        problems.push(`an error: ${String(record['msg'])}`)
      for (const problem of problems) {
        const key = `${service}: ${problem}`
        if (!found.has(key)) found.set(key, describe(line, record, requestOf))
      }
    }
  }
  for (const line of postgresLog.split('\n')) {
    if (line === '') continue
    lines += 1
    // What comes behind an error, and holds the statement and its values.
    const problems = leaks.inLog(line, tokens).map((leak) => `${leak} in the log`)
    const [, error] = / ERROR: {2}(.*)/.exec(line) ?? []
    if (error !== undefined && !REFUSED_BY_DESIGN.test(error)) problems.push(`an error: ${error}`)
    for (const problem of problems)
      if (!found.has(`postgres: ${problem}`)) found.set(`postgres: ${problem}`, line.slice(0, SHOWN_LENGTH))
  }
  return { lines, problems: [...found].map(([problem, example]) => `${problem}\n    ${example}`) }
}

function describe(
  line: string,
  record: Record<string, unknown> | null,
  requestOf: (id: string) => string | undefined,
): string {
  const request = typeof record?.['requestId'] === 'string' ? requestOf(record['requestId']) : undefined
  return line.slice(0, SHOWN_LENGTH) + (request === undefined ? '' : `\n    ${request}`)
}

function parseRecord(line: string): Record<string, unknown> | null {
  try {
    const record: unknown = JSON.parse(line)
    return typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : null
  } catch {
    return null
  }
}
