import { existsSync, renameSync } from 'node:fs'

/** Puts the log of the last run aside, so that a log is about one run and does not grow for ever. */
export function rotateLog(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`)
}
