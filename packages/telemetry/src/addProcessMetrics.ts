import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** As often the event loop is asked whether it comes in time. */
const LAG_RESOLUTION_MS = 10
const NANOSECONDS = 1e9

/** Memory, processor time and event-loop lag of this process, under the names that dashboards know. */
export function addProcessMetrics(metrics: Metrics): void {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  delay.enable()
  const lag = metrics.addGauge({
    name: 'nodejs_eventloop_lag_seconds',
    help: 'How late the event loop came to what was due, since the metrics were last read',
    labelNames: ['quantile'],
  })
  const longest = metrics.addGauge({
    name: 'nodejs_eventloop_lag_max_seconds',
    help: 'The longest of these delays',
  })
  metrics.addLookup(async () => {
    const late = (nanoseconds: number) =>
      delay.count === 0 ? 0 : Math.max(0, nanoseconds / NANOSECONDS - LAG_RESOLUTION_MS / 1_000)
    lag.set({ quantile: '0.5' }, late(delay.percentile(50)))
    lag.set({ quantile: '0.99' }, late(delay.percentile(99)))
    longest.set(late(delay.max))
    delay.reset()
  })
  metrics.addGauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory that the process holds',
    collect: (gauge) => gauge.set(process.memoryUsage.rss()),
  })
  metrics.addGauge({
    name: 'nodejs_heap_size_used_bytes',
    help: 'Memory that JavaScript objects use',
    collect: (gauge) => gauge.set(process.memoryUsage().heapUsed),
  })
  metrics.addGauge({
    name: 'nodejs_external_memory_bytes',
    help: 'Memory of buffers and the like, outside of the heap',
    collect: (gauge) => gauge.set(process.memoryUsage().external),
  })
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time used since the start',
    registers: [metrics.registry],
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) / 1e6)
    },
  })
  metrics.addGauge({
    name: 'process_start_time_seconds',
    help: 'When the process started, as a Unix time',
    collect: (gauge) => gauge.set(Math.round(performance.timeOrigin / 1_000)),
  })
}
