import type { Command } from './command.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { isReplayed } from './isReplayed.ts'
import type { Answer } from './readAnswers.ts'

/** An answer to one of these is kept, if it says that it was done. */
const KEPT = new Set(['startSession', 'refreshSession', 'endSession', 'updateProfile'])
const KEPT_LENGTH_MAX = 8_192
const KEY_FORM = /^[\x21-\x7e]{8,128}$/

interface Kept {
  /** All of what was asked. */
  asked: string
  body: string
  /** Nothing else may be the answer to the same request again. */
  isSure: boolean
}

/** Whether requests with an Idempotency-Key are answered by what was answered before, and by nothing else. */
export class Replays {
  readonly #kept = new Map<string, Kept>()

  /**
   * @param read.asked all of what the request asks for, whichever way it says it.
   * @returns what is wrong, in words that are the same for the same fault.
   */
  judge(
    request: FuzzRequest,
    answer: Answer,
    { asked, isMutation, commands }: { asked: string; isMutation: boolean; commands: readonly Command[] },
  ): string[] {
    const name = nameOf(request)
    const isReplay = isReplayed(answer)
    if (name === null) return isReplay ? ['an answer is given again without an Idempotency-Key'] : []
    const kept = this.#kept.get(name)
    if (isReplay) {
      if (kept?.asked !== asked) return ['an answer is given again to another request']
      return kept.body === answer.body ? [] : ['an answer that is given again is another']
    }
    if (answer.status !== 200 || !isMutation) return []
    if (kept?.isSure && kept.asked === asked) return ['it ran again under the same Idempotency-Key']
    const [command] = commands
    const isDone = !('errors' in (JSON.parse(answer.body) as object))
    const isShort = answer.body.length <= KEPT_LENGTH_MAX
    const isSure =
      commands.length === 1 && command !== undefined && KEPT.has(command.field) && isDone && isShort
    this.#kept.set(name, { asked, body: answer.body, isSure })
    return []
  }
}

/** Of one credential; null where there is none, or it is unclear which. */
function nameOf({ method, headers }: FuzzRequest): string | null {
  const given = (wanted: string): string[] =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  const [[key, ...otherKeys], [credential, ...otherCredentials]] = [
    given('idempotency-key'),
    given('authorization'),
  ]
  const isOne = otherKeys.length + otherCredentials.length === 0
  if (method !== 'POST' || !isOne || key === undefined || credential === undefined) return null
  return KEY_FORM.test(key) ? `${credential} ${key}` : null
}
