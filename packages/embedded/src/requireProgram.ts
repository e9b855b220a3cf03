import { findExecutable } from './findExecutable.ts'
import { installDebianPackage } from './installDebianPackage.ts'

/** The first of the named programs, as a full path; its Debian package is installed where that may be done. */
export async function requireProgram(names: string[], debianPackage: string): Promise<string> {
  const found = findExecutable(names)
  if (found !== null) return found
  await installDebianPackage(debianPackage)
  const installed = findExecutable(names)
  if (installed !== null) return installed
  throw new Error(`No ${names.join(' or ')} here: install it (Debian: apt-get install ${debianPackage})`)
}
