import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the published files, as `sha256sum --check` reads it: partners can compare what they took home. */
const NAME = 'checksums.sha256'

/**
 * What was published stays as it was: changes are drawn from it, so that an edit of it would hide a change that breaks
 * programs of others, or a deprecation that never was.
 */
export const publishedChecksums = {
  write(folder: string): void {
    writeFileSync(join(folder, NAME), draw(folder))
  },

  /** Which files are not as they were published; empty where all are. */
  findProblems(folder: string): string[] {
    const written = lines(readFileSync(join(folder, NAME), 'utf8'))
    const drawn = lines(draw(folder))
    const nameOf = (line: string) => line.replace(/^\S+ {2}/, '')
    const differing = [...written, ...drawn].filter(
      (line) => !(written.includes(line) && drawn.includes(line)),
    )
    return [...new Set(differing.map(nameOf))].map((name) => `${name} is not as it was published`)
  },
}

function draw(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name !== NAME)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('')
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
