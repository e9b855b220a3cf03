import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isolatedEnv } from './testing/isolatedEnv.ts'
import { runNpm } from './testing/runNpm.ts'

const root = resolve(import.meta.dirname, '..')

/** A change of its time is all that an editor's saving does to a file for who watches it. */
function save(file: string): void {
  utimesSync(join(root, file), new Date(), new Date())
}

test('npm run dev comes up from the sources, and takes up what is saved: in the API, the worker and the pages', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wellness-dev-'))
  const env = await isolatedEnv(dataDir)
  const product = runNpm('dev', env)
  try {
    await product.waitFor('Ctrl-C')
    const page = `http://localhost:${env.WEB_PORT}/support`
    expect((await fetch(page)).status).toBe(200)

    save('apps/web/app/routes/support/supportLines.ts')
    await product.waitFor(/reload app\/routes\/support\/supportLines\.ts/)
    save('apps/api/src/services.ts')
    await product.waitFor('the API is listening', 2)
    await product.waitFor('the worker is running', 2)
    expect((await fetch(page)).status).toBe(200)
    // It listens before it is connected to its services.
    const readiness = `http://127.0.0.1:${env.API_PORT}/health/ready`
    await expect.poll(async () => (await fetch(readiness)).status).toBe(200)
  } finally {
    product.signal('SIGTERM')
    await product.ended
    rmSync(dataDir, { recursive: true, force: true })
  }
})
