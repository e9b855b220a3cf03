import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * When a process started, in whatever form the system tells it; null when there is none. Together with the pid it names a
 * process for good, while a pid alone is given again.
 */
export function findStartTime(pid: number): string | null {
  try {
    if (!existsSync('/proc/self/stat'))
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)])
        .toString()
        .trim()
    // The second field is the program's name, which may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const [state, startTime = null] = [fields[0], fields[19]]
    return state === 'Z' ? null : startTime
  } catch {
    return null
  }
}
