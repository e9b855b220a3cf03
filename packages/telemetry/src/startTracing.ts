import type { Tracing } from './tracing.ts'

export interface TracingOptions {
  /** Where an OpenTelemetry collector takes OTLP over HTTP; undefined for no traces. */
  endpoint: string | undefined
  /** The share of traces that are kept, from 0 to 1; those that another process began are kept as it decided. */
  ratio: number
  /** What this process is called. */
  service: string
}

/** Traces for a collector; null without one, and then nothing of OpenTelemetry is loaded. */
export async function startTracing({ endpoint, ...options }: TracingOptions): Promise<Tracing | null> {
  if (endpoint === undefined) return null
  const { OtlpTracing } = await import('./otlpTracing.ts')
  return new OtlpTracing({ endpoint, ...options })
}
