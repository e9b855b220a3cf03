import { createApp } from './app.ts'
import { readEnv } from './env.ts'
import { runProcess } from './runProcess.ts'

await runProcess(async () => {
  const env = readEnv()
  const app = await createApp(env)
  const address = await app.server.listen({ host: env.API_HOST, port: env.API_PORT })
  app.services.logger.info({ address }, 'the API is listening')
  return { logger: app.services.logger, close: () => app.close() }
})
