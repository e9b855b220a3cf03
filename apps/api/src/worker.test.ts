import 'reflect-metadata'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { requestSignUp } from './testing/requestSignUp.ts'

/** The worker as it is run, over the test's own services. */
async function startProcess({ env }: TestApi) {
  const root = `${import.meta.dirname}/..`
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', `${root}/src/worker.ts`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
      NODE_ENV: 'test',
      DATABASE_URL: env.DATABASE_URL,
      DATABASE_URL_UNPOOLED: env.DATABASE_URL_UNPOOLED,
      REDIS_URL: env.REDIS_URL.join(','),
      SMTP_URL: env.SMTP_URL,
      AUTH_SECRET: env.AUTH_SECRET.join(','),
      WEB_API_SECRET: env.WEB_API_SECRET,
    },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  await expect.poll(() => output, { timeout: 15_000 }).toContain('the worker is running')
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), ended }
}

/** graphile-worker stops taking jobs for good when what became of one cannot be written down; the process would live on. */
test('a worker whose job runner ended by itself ends with an error, so that it is started anew', async () => {
  const api = await createTestApi()
  try {
    const worker = await startProcess(api)
    await api.sql(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'the disk is full'; end $$`)
    await api.sql(
      'create trigger refuse before delete on graphile_worker._private_jobs execute function refuse()',
    )
    await requestSignUp(api, 'anna@example.com')
    const { code, output } = await worker.ended
    expect(code).toBe(1)
    expect(output).toContain('"msg":"cannot go on"')
    expect(output).toContain('The job runner ended by itself')
  } finally {
    await api.close()
  }
})

test('a worker that is told to stop ends without one', async () => {
  const api = await createTestApi()
  try {
    const worker = await startProcess(api)
    worker.kill('SIGTERM')
    const { code, output } = await worker.ended
    expect(code).toBe(0)
    expect(output).not.toContain('cannot go on')
  } finally {
    await api.close()
  }
})
