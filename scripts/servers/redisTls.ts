import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { makeCertificates } from '@wellness/embedded/makeCertificates'
import { startRedis } from '@wellness/embedded/redis'
import type { Scenario } from './scenario.ts'

/** The authority that signed is nobody's but the run's, and is made known as an operator would. */
export const redisTls: Scenario = {
  name: 'redis-tls',
  title: 'Redis over TLS with a password',
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'wellness-redis-tls-'))
    const tls = await makeCertificates(folder, ['IP:127.0.0.1'])
    const password = randomBytes(24).toString('base64url')
    const redis = await startRedis({ port: await findFreePort(), password, tls })
    return {
      env: { TEST_REDIS_URL: redis.url, NODE_EXTRA_CA_CERTS: tls.authorityFile },
      isShared: true,
      async stop() {
        await redis.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
