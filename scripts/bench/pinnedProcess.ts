import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { startService, type Service, type ServiceOptions } from '../product/startService.ts'

/** What is measured has a core for itself; services and load have the other. */
const SERVER_CORE = 0
const LOAD_CORE = 1
/** Of what the kernel counts a process's time in. */
const TICKS_PER_SECOND = 100

/** Moves this process, and what it starts from now on, to the core of the load. */
export function moveToLoadCore(): void {
  execFileSync('taskset', ['-acp', String(LOAD_CORE), String(process.pid)])
}

/** Starts a process on the core of the servers. */
export function startPinned(options: ServiceOptions): Service {
  return startService({ ...options, command: ['taskset', '-c', String(SERVER_CORE), ...options.command] })
}

/** The processor time that a process has used so far, all its threads, user and system. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}
