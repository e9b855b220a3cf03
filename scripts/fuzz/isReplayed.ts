import type { Answer } from './readAnswers.ts'

/** Whether nothing was carried out, since it had been before. */
export function isReplayed({ headers }: Answer): boolean {
  return headers.get('idempotent-replayed') === 'true'
}
