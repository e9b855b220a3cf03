import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '@wellness/embedded/postgres'
import type { Settings } from '../readSettings.ts'
import { claimDataDir } from './claimDataDir.ts'
import { requireFreePorts } from './requireFreePorts.ts'

/**
 * Lends the address, without a pooler, of the database that the product would use: the one that the environment names, or
 * the embedded one. With `besideProduct: false` not while the product of this data folder runs.
 */
export async function withDatabase(
  settings: Settings,
  { besideProduct }: { besideProduct: boolean },
  work: (url: string) => Promise<void>,
): Promise<void> {
  const { dataDir, ports, env } = settings
  const given = env.DATABASE_URL_UNPOOLED || env.DATABASE_URL
  if (given && besideProduct) return work(given)

  const claim = await claimDataDir(dataDir)
  if (claim === null) {
    if (besideProduct) return work(readRunningAddress(dataDir))
    throw new Error(`The product runs on ${dataDir}: stop it first, with Ctrl-C where it was started`)
  }
  try {
    if (given) return await work(given)
    await requireFreePorts({ POSTGRES_PORT: ports.POSTGRES_PORT })
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.POSTGRES_PORT })
    claim.addChild(postgres.pid)
    await work(postgres.url).finally(() => postgres.stop())
  } finally {
    claim.release()
  }
}

function readRunningAddress(dataDir: string): string {
  const file = join(dataDir, 'services.env')
  const [, url] = /^DATABASE_URL=(.+)$/m.exec(readFileSync(file, 'utf8')) ?? []
  if (url === undefined) throw new Error(`${file} names no DATABASE_URL`)
  return url
}
