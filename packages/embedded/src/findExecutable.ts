import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment } from './env.ts'

/** The first of the named programs that PATH leads to, as a full path. */
export function findExecutable(names: string[]): string | null {
  for (const name of names) {
    for (const folder of (environment.PATH ?? '').split(delimiter)) {
      const candidate = join(folder, name)
      try {
        accessSync(candidate, constants.X_OK)
        return candidate
      } catch {
        continue
      }
    }
  }
  return null
}
