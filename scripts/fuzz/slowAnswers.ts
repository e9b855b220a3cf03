import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'

const SLOW_MS = 1_000
/** A check of a password takes its tenth of a second, and its turn behind those of other lanes. */
const SLOW_WITH_HASH_MS = 5_000
const HASHES_MAX = 400
/** Requests without any answer, within many seconds each. */
const STUCK_MAX = 12
const OTHERS_END_MS = 1_500

/**
 * Tells an answer that is slow by itself from one that had to wait for the machine: whatever took over a second is
 * asked again while nobody else asks anything. Keeps the checks of passwords few, and one at a time.
 */
export class SlowAnswers {
  #alone: Promise<unknown> = Promise.resolve()
  #hashing: Promise<unknown> = Promise.resolve()
  #hashes = 0
  #stuck = 0
  /** Answers that were late, and were not when they were asked for alone. */
  lateOnce = 0
  slowestMs = 0
  /** Of those for which a password was checked or set. */
  slowestHashMs = 0

  mayHash(): boolean {
    return this.#hashes < HASHES_MAX
  }

  /** Whether a server stands still for good: what is sent after that shows nothing more. */
  get isPointless(): boolean {
    return this.#stuck >= STUCK_MAX
  }

  /** @param kind.isSafe whether the request may be sent again without doing something twice. */
  async measure(
    kind: { hashes: boolean; isSafe: boolean },
    send: () => Promise<Exchange>,
  ): Promise<Exchange & { problems: string[] }> {
    await this.#alone
    if (kind.hashes) {
      this.#hashes += 1
      const sent = this.#hashing.then(send)
      this.#hashing = sent.catch(() => undefined)
      const { milliseconds } = await sent
      this.slowestHashMs = Math.max(this.slowestHashMs, milliseconds)
      return judge(await sent, SLOW_WITH_HASH_MS)
    }
    const sent = await send()
    if (sent.isStuck) {
      this.#stuck += 1
      return { ...sent, problems: [] }
    }
    if (sent.milliseconds <= SLOW_MS) {
      this.slowestMs = Math.max(this.slowestMs, sent.milliseconds)
      return { ...sent, problems: [] }
    }
    if (!kind.isSafe) {
      this.lateOnce += 1
      return judge(sent, SLOW_WITH_HASH_MS)
    }
    const again = this.#alone.then(async () => {
      await delay(OTHERS_END_MS)
      return send()
    })
    this.#alone = again.catch(() => undefined)
    const judged = judge(await again, SLOW_MS)
    if (judged.problems.length === 0) this.lateOnce += 1
    return { ...sent, problems: judged.problems }
  }
}

function judge(sent: Exchange, limitMs: number): Exchange & { problems: string[] } {
  return { ...sent, problems: sent.milliseconds > limitMs ? [`an answer that took over ${limitMs} ms`] : [] }
}
