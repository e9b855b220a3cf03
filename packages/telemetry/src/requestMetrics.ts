import { Counter, Histogram } from 'prom-client'
import type { Metrics } from './metrics.ts'

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Series {
  observe(seconds: number): void
  outcomes: Map<string, { inc(): void }>
}

/**
 * Counts requests by operation and outcome, and how long they took. Both names must come from lists of our own: every
 * new one is kept for ever, and a stranger who could make them up would fill the memory.
 */
export class RequestMetrics {
  readonly #counter: Counter
  readonly #histogram: Histogram
  /** The labels' counters as they were once looked up, since that is what costs. */
  readonly #series = new Map<string, Series>()

  constructor({ registry }: Metrics) {
    this.#counter = new Counter({
      name: 'wellness_requests_total',
      help: 'Requests answered, by operation and outcome',
      labelNames: ['operation', 'outcome'],
      registers: [registry],
    })
    this.#histogram = new Histogram({
      name: 'wellness_request_duration_seconds',
      help: 'How long answers took, by operation',
      labelNames: ['operation'],
      buckets: BUCKETS_SECONDS,
      registers: [registry],
    })
  }

  record(operation: string, outcome: string, milliseconds: number): void {
    let series = this.#series.get(operation)
    if (!series) {
      const histogram = this.#histogram.labels(operation)
      series = { observe: (seconds) => histogram.observe(seconds), outcomes: new Map() }
      this.#series.set(operation, series)
    }
    let counter = series.outcomes.get(outcome)
    if (!counter) {
      counter = this.#counter.labels(operation, outcome)
      series.outcomes.set(outcome, counter)
    }
    counter.inc()
    series.observe(milliseconds / 1_000)
  }
}
