import { Counter, Gauge, Registry } from 'prom-client'

export interface GaugeOptions {
  name: string
  help: string
  labelNames?: readonly string[]
  /** Called when the metrics are read; sets what there is to say. */
  collect?(gauge: Gauge): void
}

/** What a process tells of itself to Prometheus. Nothing is measured before somebody reads it, but what must be counted. */
export class Metrics {
  readonly registry = new Registry()
  readonly contentType = this.registry.contentType
  readonly #lookups: (() => Promise<void>)[] = []
  #running: Promise<string> | undefined

  /** A number that goes up and down. */
  addGauge({ name, help, labelNames = [], collect }: GaugeOptions): Gauge {
    return new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      ...(collect && {
        collect() {
          collect(this)
        },
      }),
    })
  }

  /** A number that only grows. */
  addCounter({ name, help, labelNames = [] }: Omit<GaugeOptions, 'collect'>): Counter {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] })
  }

  /** Work that comes before the gauges are read, such as asking a database. It must keep a deadline of its own. */
  addLookup(lookup: () => Promise<void>): void {
    this.#lookups.push(lookup)
  }

  /** All of it, in Prometheus's text format. Readers at the same time share one look. */
  read(): Promise<string> {
    this.#running ??= this.#read().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #read(): Promise<string> {
    await Promise.all(this.#lookups.map((lookup) => lookup()))
    return this.registry.metrics()
  }
}
