import { startTracing } from '@wellness/telemetry/startTracing'
import { createWorker } from './createWorker.ts'
import { readEnv } from './env.ts'
import { runProcess } from './runProcess.ts'

await runProcess(async () => {
  const env = readEnv()
  const tracing = await startTracing({
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    service: 'wellness-worker',
  })
  const worker = createWorker(env, { tracing })
  const { logger } = worker.services
  if (env.WORKER_PORT !== undefined) {
    const address = await worker.server.listen({ host: env.WORKER_HOST, port: env.WORKER_PORT })
    logger.info({ address }, 'the worker tells of itself')
  }
  await worker.start()
  logger.info('the worker is running')
  return { logger, close: () => worker.close(), failed: worker.failed }
})
