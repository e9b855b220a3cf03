import { REQUEST_ID_HEADER } from '@wellness/domain/webHeaders'
import { SECOND } from '@wellness/domain/time'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Logger } from 'pino'
import type { ErrorCode } from '../graphql/errorCode.ts'
import { answerSocketError } from './answerSocketError.ts'
import { HttpProblem } from './httpProblem.ts'
import type { WebCaller } from './webCaller.ts'

/** A request's body, in bytes. */
export const BODY_MAX_BYTES = 100_000
/** The request line and all headers together. A query by GET has to fit in here. */
const HEADERS_MAX_BYTES = 16_384
const HEADERS_MAX_COUNT = 100
/** From the first byte of a request to its last: slow senders hold a connection no longer. */
const REQUEST_ARRIVES_MS = 10 * SECOND
/** A connection on which nothing moves. Longer than any operation may take. */
const CONNECTION_IDLE_MS = 15 * SECOND
/** Between two requests on one connection; longer than the minute that balancers usually keep one. */
const KEEP_ALIVE_MS = 65 * SECOND
/** What balancers and Prometheus read all day long. */
const WATCHING_ROUTE = /^\/(?:health\/|metrics$)/

declare module 'fastify' {
  interface FastifyInstance {
    /** Requests whose head has come and whose answer has not gone. */
    runningRequests: { count: number }
  }
  interface FastifyRequest {
    /** The name of the GraphQL operation, once its document was read. */
    operationName: string | null
    /** The field of the schema that the operation asked for: unlike its name, no client's to choose. */
    operationField: string | null
    /** The code of the first error in the answer. */
    errorCode: ErrorCode | null
    /** Told once more what was told a moment ago, which was written to the log. */
    isRepeatedRefusal: boolean
  }
}

export interface HttpServerOptions {
  logger: Logger
  webCaller: WebCaller
  /** Addresses or ranges whose X-Forwarded-For is believed; nobody's when empty. */
  trustedProxies: string[]
  /** True while the process is on its way out: connections are not kept any longer. */
  isDraining(): boolean
}

/**
 * The HTTP server: what holds for every answer whatever its address. Limits on size and time; `x-request-id`,
 * `cache-control: no-store` and `vary: Accept`; errors in GraphQL's shape; one log record a request. There is no CORS
 * grant anywhere: no page of any origin reads an answer.
 */
export function createHttpServer({
  logger,
  webCaller,
  trustedProxies,
  isDraining,
}: HttpServerOptions): FastifyInstance {
  const server = Fastify({
    bodyLimit: BODY_MAX_BYTES,
    // By itself Node answers a request without a host, in no shape of ours. Nothing here asks what we are called.
    http: { maxHeaderSize: HEADERS_MAX_BYTES, requireHostHeader: false },
    requestTimeout: REQUEST_ARRIVES_MS,
    connectionTimeout: CONNECTION_IDLE_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: ({ headers }) => webCaller.requestId(headers),
    // What still arrives while the server closes is answered: its own 503 would be in no shape of ours.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => answerSocketError(error, socket, logger),
    frameworkErrors: (error, request, reply) => {
      setCommonHeaders(request.id, reply)
      const problem = HttpProblem.from(error)
      logger.info({ requestId: request.id, status: problem.status }, 'request refused')
      void (reply as unknown as FastifyReply).code(problem.status).send(problem.toAnswer(request.id))
    },
  })
  server.server.maxHeadersCount = HEADERS_MAX_COUNT
  // What is expected of us besides going on is expected in vain; Node would refuse it with nothing but a status.
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  )
  server.decorateRequest('operationName', null)
  server.decorateRequest('operationField', null)
  server.decorateRequest('errorCode', null)
  server.decorateRequest('isRepeatedRefusal', false)
  const runningRequests = { count: 0 }
  server.decorate('runningRequests', runningRequests)
  // Only JSON is read, so that a form of a foreign page cannot send anything that counts.
  server.removeContentTypeParser('text/plain')

  const methodsByPath = new Map<string, string[]>()
  server.addHook('onRoute', ({ url, method }) => {
    methodsByPath.set(url, [
      ...(methodsByPath.get(url) ?? []),
      ...(Array.isArray(method) ? method : [method]),
    ])
  })

  const endOfRequest = () => void (runningRequests.count -= 1)
  server.addHook('onRequest', (request, reply, done) => {
    runningRequests.count += 1
    // Also where nobody is there any more to be answered, and no hook is called.
    reply.raw.once('close', endOfRequest)
    setCommonHeaders(request.id, reply)
    // Here and not in the handler, before which a body would be read.
    if (request.is404) {
      const methods = methodsByPath.get(request.url.split('?', 1)[0] ?? '')
      return done(
        methods ? new HttpProblem(405, undefined, { allow: methods.join(', ') }) : new HttpProblem(404),
      )
    }
    done()
  })

  server.setErrorHandler((error, request, reply) => {
    const problem = HttpProblem.from(error)
    request.errorCode = problem.code
    if (problem.status === 500) logger.error({ requestId: request.id, err: error }, 'request failed')
    return reply.code(problem.status).headers(problem.headers).send(problem.toAnswer(request.id))
  })

  server.addHook('onSend', (_request, reply, payload, done) => {
    if (isDraining()) void reply.header('connection', 'close')
    done(null, payload)
  })

  // Its records have the fields below and no others: there is nothing to take out, and looking costs every request.
  const requestLogger = logger.child({}, { redact: [] })
  server.addHook('onResponse', (request, reply, done) => {
    const record = {
      requestId: request.id,
      method: request.method,
      // The route and never the address as it came: a query by GET stands in it.
      route: request.routeOptions.url ?? null,
      operation: request.operationName,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    }
    const isOfNoNews = request.isRepeatedRefusal || (record.route && WATCHING_ROUTE.test(record.route))
    if (isOfNoNews) requestLogger.debug(record, 'request')
    else requestLogger.info(record, 'request')
    done()
  })

  return server
}

function setCommonHeaders(requestId: string, reply: { header(name: string, value: string): unknown }): void {
  reply.header(REQUEST_ID_HEADER, requestId)
  reply.header('cache-control', 'no-store')
  reply.header('vary', 'Accept')
  reply.header('x-content-type-options', 'nosniff')
  reply.header('content-type', 'application/json; charset=utf-8')
}
