import { drawChangelog } from './drawChangelog.ts'
import { nextSection } from './nextSection.ts'
import type { SchemaChange } from './schemaChange.ts'

/** What whoever breaks a program has to tell its author. */
const INSTEAD = / Instead: \S.{9,}$/

/** Why a changelog does not tell of all that changed since the last publication; empty where it does. */
export function findChangelogProblems(changelog: string, changes: readonly SchemaChange[]): string[] {
  const drawn = nextSection.get(drawChangelog(changelog, changes)).trim().split('\n')
  const written = nextSection.get(changelog).trim().split('\n')
  const missing = drawn.filter((line) => !written.includes(line)).map((line) => `It lacks: ${line}`)
  const wrong = written.filter((line) => !drawn.includes(line)).map((line) => `It is not so: ${line}`)
  const silent = changes
    .filter(
      ({ severity, text }) =>
        severity === 'Breaking' && !written.some((line) => tellsWhatInstead(line, text)),
    )
    .map(({ text }) => `It breaks programs, and does not end with "Instead: …": - ${text}`)
  return [...missing, ...wrong, ...silent]
}

function tellsWhatInstead(line: string, text: string): boolean {
  return line.startsWith(`- ${text}`) && INSTEAD.test(line.slice(text.length + 2))
}
