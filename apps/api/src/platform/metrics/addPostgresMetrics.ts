import type { MikroORM } from '@mikro-orm/postgresql'
import type { Metrics } from '@wellness/telemetry/metrics'
import { Probe } from './probe.ts'

/** As much of pg's pool as tells how it fares. */
interface PgPool {
  totalCount: number
  idleCount: number
  waitingCount: number
}

const ANSWERS_WITHIN_MS = 1_000

/** Whether PostgreSQL answers, and this process's connections to it. */
export function addPostgresMetrics(
  metrics: Metrics,
  { orm, poolMax }: { orm: MikroORM; poolMax: number },
): void {
  const isUp = metrics.addGauge({
    name: 'wellness_postgres_up',
    help: 'Whether PostgreSQL answered within a second',
  })
  const latency = metrics.addGauge({
    name: 'wellness_postgres_latency_seconds',
    help: 'How long PostgreSQL took to answer, with the wait for a connection',
  })
  const connections = metrics.addGauge({
    name: 'wellness_postgres_connections',
    help: 'Connections of this process that are used or idle, and requests that wait for one',
    labelNames: ['state'],
  })
  metrics.addGauge({
    name: 'wellness_postgres_connections_max',
    help: 'Connections that this process may have',
    collect: (gauge) => gauge.set(poolMax),
  })
  const probe = new Probe(async () => {
    const start = performance.now()
    await orm.em.getConnection().execute('select 1')
    return (performance.now() - start) / 1_000
  }, ANSWERS_WITHIN_MS)

  metrics.addLookup(async () => {
    const pool = (await orm.em.getConnection().getNativeClient()) as PgPool
    connections.set({ state: 'used' }, pool.totalCount - pool.idleCount)
    connections.set({ state: 'idle' }, pool.idleCount)
    connections.set({ state: 'waited_for' }, pool.waitingCount)
    const answer = await probe.run()
    isUp.set(answer ? 1 : 0)
    if (answer) latency.set(answer.value)
    else latency.remove()
  })
}
