import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { findFreePort } from './freePort.ts'
import { startRedis } from './redis.ts'

const folder = mkdtempSync(join(tmpdir(), 'wellness-redis-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function ask(url: string, command: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${command}\r\n`))
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

test('what was written is there after a stop, where there is a folder for it', async () => {
  const dataDir = join(folder, 'kept')
  const first = await startRedis({ port: await findFreePort(), dataDir })
  expect(await ask(first.url, 'SET greeting hello')).toBe('+OK\r\n')
  await first.stop()
  const again = await startRedis({ port: await findFreePort(), dataDir })
  expect(await ask(again.url, 'GET greeting')).toContain('hello')
  await again.stop()
})

test('one that still runs on the folder is stopped by the next start', async () => {
  const dataDir = join(folder, 'surviving')
  const first = await startRedis({ port: await findFreePort(), dataDir })
  const again = await startRedis({ port: await findFreePort(), dataDir })
  await first.exited
  await expect(ask(first.url, 'PING')).rejects.toThrow(/ECONNREFUSED/)
  await again.stop()
})

test('a port that another server has is an error, not a connection to that server', async () => {
  const first = await startRedis({ port: await findFreePort() })
  await expect(startRedis({ port: Number(new URL(first.url).port) })).rejects.toThrow(
    /Address already in use/,
  )
  await first.stop()
})

test('without any server it says in one line how to get one', async () => {
  vi.stubEnv('PATH', folder)
  try {
    const message = await startRedis({ port: 1 }).catch((error: unknown) => String(error))
    expect(message).toMatch(/No Redis here: install .*redis-server.* or set REDIS_URL$/)
    expect(message).not.toContain('\n')
  } finally {
    vi.unstubAllEnvs()
  }
})
