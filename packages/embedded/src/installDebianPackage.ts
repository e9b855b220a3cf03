import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { environment } from './env.ts'
import { findExecutable } from './findExecutable.ts'

/** Installs a package with apt where that is possible without asking, as root on Debian. Says whether it did. */
export async function installDebianPackage(name: string): Promise<boolean> {
  const apt = findExecutable(['apt-get'])
  if (apt === null || process.getuid?.() !== 0) return false
  const run = promisify(execFile)
  // RUNLEVEL=1 keeps the package from starting a service of its own beside the one we start.
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  try {
    await run(apt, ['update', '-qq'], { env })
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', name], { env })
    return true
  } catch {
    return false
  }
}
