import type { BeatAnswer } from './beat/beatAnswer.ts'

const BEAT_ADDRESS = '/session/beat'
const TIMEOUT_MS = 10_000

/** What came of a beat, as the page sees it; `away` also when there is no network. */
export type BeatResult = BeatAnswer | { state: 'away' }

/** One beat, with the server's clock corrected by half of the way there and back. */
export async function sendBeat(sessionId: string): Promise<BeatResult> {
  const sentAt = Date.now()
  try {
    const response = await fetch(BEAT_ADDRESS, {
      method: 'POST',
      body: new URLSearchParams({ sessionId }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = (await response.json()) as BeatAnswer
    if (answer.state !== 'live') return answer
    return { ...answer, serverNow: answer.serverNow + (Date.now() - sentAt) / 2 }
  } catch {
    return { state: 'away' }
  }
}

/** The beat of a page that is being hidden or closed: nobody waits for its answer. */
export function sendLastBeat(sessionId: string): void {
  navigator.sendBeacon(BEAT_ADDRESS, new URLSearchParams({ sessionId }))
}
