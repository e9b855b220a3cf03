import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findFreePort } from '@wellness/embedded/freePort'
import type { TestApi } from './createTestApi.ts'

export interface ApiProcess {
  url: string
  /** What it has logged until now. */
  output(): string
  kill(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>
}

/** The API as it is run, over the test's own services. */
export async function startApiProcess({ env }: TestApi): Promise<ApiProcess> {
  const port = await findFreePort()
  const root = `${import.meta.dirname}/../..`
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', `${root}/src/main.ts`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
      NODE_ENV: 'test',
      API_PORT: String(port),
      DATABASE_URL: env.DATABASE_URL,
      REDIS_URL: env.REDIS_URL.join(','),
      SMTP_URL: env.SMTP_URL,
      AUTH_SECRET: env.AUTH_SECRET.join(','),
      WEB_API_SECRET: env.WEB_API_SECRET,
    },
  })
  let output = ''
  const listening = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.includes('the API is listening')) listening.resolve()
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    output,
  }))
  await Promise.race([
    listening.promise,
    ended.then(({ output }) => {
      throw new Error(`The API did not start:\n${output}`)
    }),
  ])
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    ended,
  }
}
