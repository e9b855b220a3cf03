import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Ends a server that outlived the process which started it. It is told from a stranger that was given the same pid later by
 * its command line, which must name the data folder. Says whether the pid belongs to anybody else now.
 */
export async function stopSurvivor(
  pid: number,
  dataDir: string,
  signal: NodeJS.Signals,
): Promise<'gone' | 'stranger'> {
  const deadline = Date.now() + 10_000
  for (let asked = false; ; await delay(50)) {
    const command = findCommandLine(pid)
    if (command === null) return 'gone'
    if (!command.includes(dataDir)) return 'stranger'
    if (!asked) process.kill(pid, signal)
    else if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
    asked = true
  }
}

function findCommandLine(pid: number): string | null {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return null
  }
}
