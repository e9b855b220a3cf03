import {
  type Context,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind as OtelSpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { activeSpan } from './activeSpan.ts'
import type { Span, SpanKind, SpanOptions, Tracing } from './tracing.ts'

const SEND_EVERY_MS = 2_000
/** Shorter than the time a process has to end. */
const SEND_TIMEOUT_MS = 2_000
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

const kinds: Record<SpanKind, OtelSpanKind> = {
  server: OtelSpanKind.SERVER,
  client: OtelSpanKind.CLIENT,
  producer: OtelSpanKind.PRODUCER,
  consumer: OtelSpanKind.CONSUMER,
}

/** Spans over OTLP, as JSON by HTTP. A collector that is away costs the spans that it misses and nothing else. */
export class OtlpTracing implements Tracing {
  readonly #provider: TracerProvider
  readonly #tracer: Tracer

  constructor({ endpoint, ratio, service }: { endpoint: string; ratio: number; service: string }) {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
      timeoutMillis: SEND_TIMEOUT_MS,
    })
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [
        new BatchSpanProcessor({
          exporter,
          scheduledDelayMillis: SEND_EVERY_MS,
          exportTimeoutMillis: SEND_TIMEOUT_MS,
        }),
      ],
    })
    this.#tracer = this.#provider.getTracer('wellness')
  }

  startSpan(name: string, { kind, parent, attributes = {} }: SpanOptions): Span {
    const context = parent === undefined ? contextOfActive() : contextOf(parent)
    return new OtlpSpan(this.#tracer.startSpan(name, { kind: kinds[kind], attributes }, context))
  }

  async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => undefined)
  }
}

class OtlpSpan implements Span {
  readonly traceparent: string
  readonly span: OtelSpan

  constructor(span: OtelSpan) {
    const { traceId, spanId, traceFlags } = span.spanContext()
    this.span = span
    this.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
  }

  rename(name: string): void {
    this.span.updateName(name)
  }

  setAttributes(attributes: Record<string, string | number>): void {
    this.span.setAttributes(attributes)
  }

  end({ failed } = { failed: false }): void {
    // Without a message: those of databases and of parsers repeat what they stumbled over.
    if (failed) this.span.setStatus({ code: SpanStatusCode.ERROR })
    this.span.end()
  }
}

function contextOfActive(): Context {
  const active = activeSpan.getStore()
  return active instanceof OtlpSpan ? trace.setSpan(ROOT_CONTEXT, active.span) : ROOT_CONTEXT
}

function contextOf(traceparent: string): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent) ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16)
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
