import { matchesGlob } from 'node:path'

/** Whether a path of the context, relative to its root, is kept from the build: by the last line that fits it or a folder above it. */
export function parseDockerignore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isIgnored: !line.startsWith('!'), pattern: line.replace(/^!/, '').replace(/\/$/, '') }))
  return (path) => {
    const parts = path.split('/')
    const candidates = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    let ignored = false
    for (const { isIgnored, pattern } of rules)
      if (candidates.some((candidate) => matches(candidate, pattern))) ignored = isIgnored
    return ignored
  }
}

/** Docker's `**` stands for no folder, too, and names that begin with a dot are names like others. */
function matches(path: string, pattern: string): boolean {
  const visible = (text: string): string => text.replaceAll(/(^|\/)\./g, '$1dot:')
  return matchesGlob(visible(path), visible(pattern))
}
