import { createWorker } from './createWorker.ts'
import { readEnv } from './env.ts'
import { runProcess } from './runProcess.ts'

await runProcess(async () => {
  const worker = createWorker(readEnv())
  await worker.start()
  worker.services.logger.info('the worker is running')
  return { logger: worker.services.logger, close: () => worker.close(), failed: worker.failed }
})
