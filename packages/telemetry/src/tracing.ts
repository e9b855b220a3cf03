/** What a span is in the traffic between processes. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer'

export interface SpanOptions {
  kind: SpanKind
  /** The `traceparent` that came with the work, from another process; the span that is active when left out. */
  parent?: string | undefined
  /** Names, codes and counts of our own: never a value of a person's. */
  attributes?: Record<string, string | number>
}

/** A piece of work with a beginning and an end. */
export interface Span {
  /** What hands the trace on to another process, as W3C writes it. */
  readonly traceparent: string
  rename(name: string): void
  setAttributes(attributes: Record<string, string | number>): void
  end(result?: { failed: boolean }): void
}

/** Traces of one process. */
export interface Tracing {
  startSpan(name: string, options: SpanOptions): Span
  /** Sends what is left, within a deadline. */
  close(): Promise<void>
}
