import type { Answer } from './readAnswers.ts'

/** The web app leads once to the same address when the API does not know a login, and notes that in a cookie. */
export function isRefused(answer: Answer): boolean {
  return answer.status === 401 || /^refused=/m.test(answer.headers.get('set-cookie') ?? '')
}
