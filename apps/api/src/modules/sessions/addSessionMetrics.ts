import type { MikroORM } from '@mikro-orm/postgresql'
import type { Metrics } from '@wellness/telemetry/metrics'
import { Probe } from '../../platform/metrics/probe.ts'

const ANSWERS_WITHIN_MS = 1_000

/** How many sessions are live, as the records say; the index of open ones answers it. */
export function addSessionMetrics(metrics: Metrics, { orm }: { orm: MikroORM }): void {
  const live = metrics.addGauge({
    name: 'wellness_sessions_live',
    help: 'Sessions that are open, those that lapsed and wait for a sweep among them',
  })
  const probe = new Probe(async () => {
    const [row] = await orm.em
      .fork()
      .execute<{ count: string }[]>('select count(*) as count from session_metadata where ended_at is null')
    return Number(row?.count)
  }, ANSWERS_WITHIN_MS)

  metrics.addLookup(async () => {
    const answer = await probe.run()
    if (answer) live.set(answer.value)
    else live.remove()
  })
}
