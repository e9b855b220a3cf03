import type { Metrics } from '@wellness/telemetry/metrics'
import type { BcryptPool } from './bcryptPool.ts'

/** How busy the threads are that check passwords. */
export function addHashMetrics(metrics: Metrics, pool: BcryptPool): void {
  metrics.addGauge({
    name: 'wellness_password_hashes_waiting',
    help: 'Passwords that wait for a thread to check them',
    collect: (gauge) => gauge.set(pool.waiting),
  })
  metrics.addGauge({
    name: 'wellness_password_hashes_waiting_max',
    help: 'As many may wait; whoever comes then is told to come back',
    collect: (gauge) => gauge.set(pool.maxQueue),
  })
  metrics.addGauge({
    name: 'wellness_password_hashes_done',
    help: 'Passwords that this process has checked since its start',
    collect: (gauge) => gauge.set(pool.work.hashes),
  })
}
