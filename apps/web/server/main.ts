import fastifyStatic from '@fastify/static'
import type { ServerBuild } from '@remix-run/node'
import { EnvError } from '@wellness/env/parseEnv'
import { addProcessMetrics } from '@wellness/telemetry/addProcessMetrics'
import { Metrics } from '@wellness/telemetry/metrics'
import { startTracing } from '@wellness/telemetry/startTracing'
import { captureConsole } from './captureConsole.ts'
import { createLogger } from './createLogger.ts'
import { createPageHandler } from './createPageHandler.ts'
import { createServer } from './createServer.ts'
import { readEnv } from './env.ts'
import { PageNames, type PageRoutes } from './pageNames.ts'
import { stopOnSignals } from './stopOnSignals.ts'

const CLIENT_FILES = `${import.meta.dirname}/client`
const PAGES = './server/index.js'

async function main(): Promise<void> {
  const env = readEnv()
  const logger = createLogger(env.LOG_LEVEL)
  captureConsole(logger)
  const build = (await import(PAGES)) as ServerBuild
  const pageNames = new PageNames(build.routes as PageRoutes)
  const metrics = new Metrics()
  addProcessMetrics(metrics)

  const server = await createServer(env, {
    logger,
    metrics,
    tracing: await startTracing({
      endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
      ratio: env.OTEL_TRACES_SAMPLER_ARG,
      service: 'wellness-web',
    }),
    pageNames,
    handlePage: createPageHandler(build, env.NODE_ENV, pageNames),
    serveAssets: async (app) => {
      await app.register(fastifyStatic, {
        root: CLIENT_FILES,
        // Only the files that the build made have routes; every other address is a page's.
        wildcard: false,
        preCompressed: true,
        index: false,
        dotfiles: 'ignore',
        cacheControl: false,
        setHeaders: (reply, path) => {
          const isHashed = path.startsWith(`${CLIENT_FILES}/assets/`)
          reply.header(
            'cache-control',
            isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
          )
        },
      })
    },
  })
  stopOnSignals(server, logger)
  await server.app.listen({ host: env.WEB_HOST, port: env.WEB_PORT })
}

main().catch((error: unknown) => {
  const message =
    error instanceof EnvError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${message}\n`)
  process.exit(1)
})
