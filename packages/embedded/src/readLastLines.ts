import { readFileSync } from 'node:fs'

/** The end of a log, for a message about what went wrong. */
export function readLastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return ''
  }
}
