import { setTimeout as delay } from 'node:timers/promises'
import type { FaultClient } from './faultClient.ts'

const BEATS = { least: 1, most: 6 }
const BEAT_PAUSE_MS = { least: 1_500, most: 4_000 }
const REST_MS = { least: 200, most: 3_000 }
/** Of the starts and ends, so many are sent twice at once. */
const TWICE = 0.1
/** So many forget about a session, and start the next one while it is live. */
const FORGETFUL = 0.05

/** A person who practises again and again until it is said to stop, and then ends what is open. */
export async function practise(client: FaultClient, isOver: () => boolean): Promise<void> {
  await delay(between(REST_MS))
  while (!isOver()) {
    await client.start(Math.random() < TWICE ? 2 : 1)
    for (let beats = Math.round(between(BEATS)); beats > 0 && !isOver(); beats -= 1) {
      await delay(between(BEAT_PAUSE_MS))
      if (client.session?.endedAt === null) await client.beat()
    }
    if (Math.random() < FORGETFUL && !isOver()) continue
    if (client.session?.endedAt === null) await client.end(Math.random() < TWICE ? 2 : 1)
    await delay(between(REST_MS))
  }
  if (client.session?.endedAt === null) await client.end()
}

function between({ least, most }: { least: number; most: number }): number {
  return least + Math.random() * (most - least)
}
