import type { Answer } from './readAnswers.ts'

/** The login that an answer of the web app gave its browser. */
export function issuedByCookie(answer: Answer): string | null {
  return /^login=([\w-]{43})/m.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? null
}
