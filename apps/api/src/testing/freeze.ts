import { readFileSync } from 'node:fs'

/**
 * Stops a server and its children in their tracks, as a machine that swaps or a broken disk does: connections stay, and
 * nothing is answered.
 *
 * @returns lets them run on.
 */
export function freeze(pid: number): () => void {
  const pids = family(pid)
  for (const one of pids) process.kill(one, 'SIGSTOP')
  return () => {
    for (const one of pids) process.kill(one, 'SIGCONT')
  }
}

function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return [pid, ...children.flatMap((child) => family(Number(child)))]
}
