import { createRequestHandler } from '@remix-run/node'
import type { ServerBuild } from '@remix-run/node'
import { EnvError } from '@wellness/env/parseEnv'
import { Metrics } from '@wellness/telemetry/metrics'
import { createServer as createViteServer } from 'vite'
import type { ViteDevServer } from 'vite'
import { createLogger } from './createLogger.ts'
import { createServer } from './createServer.ts'
import { readEnv } from './env.ts'
import { PageNames } from './pageNames.ts'
import { stopOnSignals } from './stopOnSignals.ts'

/** The same server over sources, with reload of what is edited. */
async function main(): Promise<void> {
  const env = readEnv()
  const logger = createLogger(env.LOG_LEVEL)
  let vite: ViteDevServer
  const handle = createRequestHandler(
    () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    'development',
  )

  const server = await createServer(env, {
    logger,
    metrics: new Metrics(),
    tracing: null,
    pageNames: new PageNames({}),
    handlePage: (request, context) => handle(request, context),
    serveAssets: async (app) => {
      vite = await createViteServer({
        root: `${import.meta.dirname}/..`,
        // The reload's socket shares this server: Vite's own would listen on every network address.
        server: { middlewareMode: true, hmr: { server: app.server } },
        clearScreen: false,
      })
      app.addHook('onRequest', (request, reply, done) => vite.middlewares(request.raw, reply.raw, done))
      app.addHook('onClose', () => vite.close())
    },
  })
  stopOnSignals(server, logger)
  await server.app.listen({ host: env.WEB_HOST, port: env.WEB_PORT })
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error)
  process.exit(1)
})
