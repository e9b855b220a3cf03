import { nextSection } from './nextSection.ts'
import { type SchemaChange, severities } from './schemaChange.ts'

/** The changelog with an entry for each change since the last publication; what was written behind one stays. */
export function drawChangelog(changelog: string, changes: readonly SchemaChange[]): string {
  const written = nextSection.get(changelog).split('\n')
  const parts = severities.flatMap((severity) => {
    const entries = changes
      .filter((change) => change.severity === severity)
      .map(({ text }) => findEntry(written, text))
    return entries.length === 0 ? [] : [`### ${severity}\n\n${entries.join('\n')}\n\n`]
  })
  const section = `## Next\n\n${parts.length === 0 ? 'Nothing yet.\n\n' : parts.join('')}`
  return `${nextSection.replace(changelog, section).trimEnd()}\n`
}

function findEntry(written: readonly string[], text: string): string {
  const drawn = `- ${text}`
  return written.find((line) => line === drawn || line.startsWith(`${drawn} `)) ?? drawn
}
