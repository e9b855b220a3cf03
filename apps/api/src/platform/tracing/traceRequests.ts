import { activeSpan } from '@wellness/telemetry/activeSpan'
import type { Span, Tracing } from '@wellness/telemetry/tracing'
import type { FastifyInstance } from 'fastify'
import type { WebCaller } from '../http/webCaller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | null
  }
}

/** A span for every GraphQL request, as a part of the web app's trace where it says so. */
export function traceRequests(server: FastifyInstance, tracing: Tracing, webCaller: WebCaller): void {
  server.decorateRequest('span', null)
  // After the body was read: what reads it runs beside the request, where the active span would be lost.
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.routeOptions.url !== '/graphql') return done()
    request.span = tracing.startSpan('graphql', {
      kind: 'server',
      parent: webCaller.traceparent(request.headers) ?? '',
      attributes: { 'wellness.request_id': request.id },
    })
    activeSpan.run(request.span, done)
  })
  server.addHook('onResponse', ({ span, operationField, errorCode }, reply, done) => {
    if (span) {
      if (operationField !== null) span.rename(`graphql ${operationField}`)
      span.setAttributes({
        'http.response.status_code': reply.statusCode,
        'wellness.outcome': errorCode ?? 'OK',
      })
      span.end({ failed: reply.statusCode >= 500 })
    }
    done()
  })
}
