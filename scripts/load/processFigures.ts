import { readdirSync, readFileSync } from 'node:fs'

const KIB = 1024

/** What Linux says of a process. */
export interface ProcessFigures {
  residentBytes: number
  openFiles: number
}

export function readProcessFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    residentBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB,
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
  }
}
