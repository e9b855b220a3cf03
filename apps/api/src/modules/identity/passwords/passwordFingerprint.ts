import { hash } from 'node:crypto'

/** By which the hundred commonest passwords are known: some are words that nobody wants to read in a repository. */
export function passwordFingerprint(text: string): string {
  return hash('sha256', text).slice(0, 16)
}
