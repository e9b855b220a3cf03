import { randomBytes, randomUUID } from 'node:crypto'
import { REQUEST_ID_HEADER, TRACEPARENT_HEADER } from '@wellness/domain/webHeaders'
import { mayReadMetrics } from '@wellness/telemetry/mayReadMetrics'
import type { Metrics } from '@wellness/telemetry/metrics'
import { RequestMetrics } from '@wellness/telemetry/requestMetrics'
import type { Span, Tracing } from '@wellness/telemetry/tracing'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastify, { LogController } from 'fastify'
import type { Logger } from 'pino'
import { answerSocketError } from './answerSocketError.ts'
import type { WebEnv } from './env.ts'
import { findOwnAddress } from './findOwnAddress.ts'
import { isSameOrigin } from './isSameOrigin.ts'
import type { LoadContext, WebConfig } from './loadContext.ts'
import type { PageNames } from './pageNames.ts'
import { plainPage } from './plainPage.ts'
import { readableUrl } from './readableUrl.ts'
import { refusals } from './refusals.ts'
import { sendWebResponse, toWebRequest } from './remixAdapter.ts'
import { securityHeaders } from './securityHeaders.ts'

/** Renders the pages; Remix's own handler, built or under development. */
export type PageHandler = (request: Request, context: LoadContext) => Promise<Response>

export interface WebServer {
  app: FastifyInstance
  /** From now on `/health/ready` says no, so that a balancer sends nobody else. */
  drain(): void
}

export interface WebParts {
  logger: Logger
  handlePage: PageHandler
  /** Adds what serves scripts and styles, before the pages. */
  serveAssets(app: FastifyInstance): Promise<void>
  pageNames: PageNames
  metrics: Metrics
  /** Closed with the server; null for no traces. */
  tracing: Tracing | null
}

/** Our forms are a few short fields; nothing is uploaded. */
const BODY_LIMIT_BYTES = 64 * 1024
/** Of an address before its query; ours are far shorter, and a router tries each of its routes on it several times. */
const PATH_MAX_LENGTH = 256
/** Read as a reference, such a path names another host, or none; React Router takes it for one and fails. */
const NO_PATH = /^\/(?:[\\/]|%5c|%2f)/i
const FORM = 'application/x-www-form-urlencoded'
/** Files and health checks; the data of a page is asked for at its own address with `.data` behind. */
const QUIET_PATH = /^\/health\/|^\/metrics$|\.(?!data$)\w+$/
/** What reads this very server all day long, and says nothing of what people do. */
const WATCHING = new Set(['/metrics', '/health/live', '/health/ready'])
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The HTTP server around the pages. */
export async function createServer(env: WebEnv, parts: WebParts): Promise<WebServer> {
  const isHttps = env.AUTH_URL.startsWith('https:')
  const config: WebConfig = {
    origin: env.AUTH_URL,
    apiUrl: env.API_URL,
    publicApiUrl: env.API_PUBLIC_URL,
    webApiSecret: env.WEB_API_SECRET,
    hasSecureCookies: isHttps,
  }
  let isDraining = false
  const logger: FastifyBaseLogger = parts.logger
  const { metrics, pageNames, tracing } = parts
  const requests = new RequestMetrics(metrics)

  const app = fastify({
    loggerInstance: parts.logger as FastifyBaseLogger,
    // One record of our own for each answer, below.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: env.TRUSTED_PROXIES.length > 0 ? env.TRUSTED_PROXIES : false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // What still arrives while the server closes is answered as ever: a bare 503 would be somebody's page.
    return503OnClosing: false,
    rewriteUrl: ({ url = '/' }) => readableUrl(url),
    routerOptions: { maxParamLength: 1_000 },
    // By itself Node answers a request without one, in no shape of ours. Nothing here asks what we are called.
    http: { requireHostHeader: false },
    clientErrorHandler: (error, socket) =>
      answerSocketError(error, socket, { isHttps, logger: parts.logger }),
    // The address of no server at all, such as `http://[`; no hook has seen it.
    frameworkErrors: (_error, request, reply) => {
      setHeaders(request as FastifyRequest, reply as unknown as FastifyReply)
      void refuse(request as FastifyRequest, reply as unknown as FastifyReply, 400)
    },
  })
  // What is expected of us besides going on is expected in vain; Node would refuse it with nothing but a status.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))

  app.decorateRequest('nonce', '')
  app.decorateRequest('span', null)
  function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
    request.nonce = randomBytes(16).toString('base64')
    reply.header(REQUEST_ID_HEADER, request.id)
    reply.headers(
      securityHeaders({
        nonce: request.nonce,
        isHttps,
        isDevelopment: env.NODE_ENV === 'development',
        address: request.url,
      }),
    )
  }

  app.addHook('onRequest', async (request, reply) => {
    setHeaders(request, reply)
    // `*`, or the address of another server, as a proxy would be asked.
    if (!request.url.startsWith('/')) return refuse(request, reply, 400)
    if (request.url.split('?', 1)[0]!.length > PATH_MAX_LENGTH) return refuse(request, reply, 414)
    if (NO_PATH.test(new URL(config.origin + request.url).pathname)) return refuse(request, reply, 404)
    if (!SAFE_METHODS.has(request.method) && !isSameOrigin(request.headers, config.origin)) {
      return refuse(request, reply, 403)
    }
  })
  // Connections that are kept are used up while it drains, so that none breaks under a request later.
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining) reply.header('connection', 'close')
  })
  // The query is left out: the link of a mail carries its token there.
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0]
    const record = { requestId: request.id, method: request.method, path, status: reply.statusCode }
    const level = QUIET_PATH.test(path ?? '') ? 'debug' : 'info'
    logger[level]({ ...record, durationMs: Math.round(reply.elapsedTime) }, 'answered')
    if (!WATCHING.has(request.routeOptions.url ?? '')) {
      const outcome = `${Math.floor(reply.statusCode / 100)}xx`
      requests.record(pageNames.nameOf(request.url), outcome, reply.elapsedTime)
    }
    request.span?.setAttributes({ 'http.response.status_code': reply.statusCode })
    request.span?.end({ failed: reply.statusCode >= 500 })
  })
  app.addHook('onClose', () => tracing?.close())

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.get('/health/live', async (_request, reply) => reply.send({ status: 'live' }))
  // The API is no part of it: while the API is away these pages say so kindly, which a balancer's error would not.
  app.get('/health/ready', async (_request, reply) =>
    reply.code(isDraining ? 503 : 200).send({ status: isDraining ? 'draining' : 'ready' }),
  )
  await parts.serveAssets(app)

  const answerPage = async (request: FastifyRequest, reply: FastifyReply) => {
    // Pages differ from person to person and from answer to answer; none of them may be kept by anybody.
    reply.header('cache-control', 'no-store')
    const ownAddress = SAFE_METHODS.has(request.method) ? findOwnAddress(request, config.origin) : null
    if (ownAddress !== null) return reply.redirect(ownAddress, 308)
    request.span = startSpan(request)
    const page = { html: null }
    const response = await parts.handlePage(toWebRequest(request, reply, config.origin), {
      config,
      requestId: request.id,
      traceHeaders: request.span ? { [TRACEPARENT_HEADER]: request.span.traceparent } : {},
      // There is none once its sender has gone.
      clientAddress: (request.ip as string | undefined)?.replace(/^::ffff:/, '') ?? '',
      nonce: request.nonce,
      page,
      logWarning: (error, message) => logger.warn({ requestId: request.id, err: error }, message),
      logError: (error, message) => logger.error({ requestId: request.id, err: error }, message),
    })
    return sendWebResponse(response, page.html, reply)
  }
  const startSpan = (request: FastifyRequest): Span | null =>
    tracing?.startSpan(`${request.method} ${pageNames.nameOf(request.url)}`, {
      kind: 'server',
      attributes: { 'wellness.request_id': request.id },
    }) ?? null

  app.get('/metrics', { exposeHeadRoute: false }, async (request, reply) => {
    // For everybody else this is an address like any that does not exist.
    if (!mayReadMetrics(request.raw, env.METRICS_TOKEN)) return answerPage(request, reply)
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.read())
  })
  app.route({ method: ['GET', 'HEAD', 'POST'], url: '*', handler: answerPage })

  app.setNotFoundHandler((request, reply) => refuse(request, reply.header('allow', 'GET, HEAD, POST'), 405))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    // What breaks because its reader hung up is no fault of ours.
    if (status >= 500 && !request.socket.destroyed)
      logger.error({ requestId: request.id, err: error }, 'a request failed')
    return refuse(request, reply, status)
  })

  return {
    app,
    drain() {
      isDraining = true
    },
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  const page = refusals[status] ?? (status < 500 ? refusals[405]! : refusals[500]!)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(plainPage({ ...page, nonce: request.nonce }))
}

declare module 'fastify' {
  interface FastifyRequest {
    nonce: string
    span: Span | null
  }
}
