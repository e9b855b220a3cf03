import { startTracing } from '@wellness/telemetry/startTracing'
import { SECOND } from '@wellness/domain/time'
import { setTimeout as delay } from 'node:timers/promises'
import { createApp } from './app.ts'
import { readEnv } from './env.ts'
import { shutDoor } from './platform/http/shutDoor.ts'
import { runProcess } from './runProcess.ts'

/** Between saying that it is not ready and taking nobody in: what balancers need to hear of it. */
const DRAIN_MS = SECOND

await runProcess(async () => {
  const env = readEnv()
  const tracing = await startTracing({
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    service: 'wellness-api',
  })
  const app = await createApp(env, { tracing })
  const { logger } = app.services
  const address = await app.server.listen({ host: env.API_HOST, port: env.API_PORT })
  logger.info({ address }, 'the API is listening')
  return {
    logger,
    async close() {
      app.drain()
      await delay(DRAIN_MS)
      await shutDoor(app.server.server)
      await app.close()
    },
  }
})
