import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '@wellness/embedded/postgres'
import type { Settings } from '../readSettings.ts'
import { claimDataDir } from './claimDataDir.ts'

export interface Database {
  /** Without a pooler. */
  url: string
  isEmbedded: boolean
}

/** Lends the database that the product would use: the one that the environment names, or the embedded one. */
export async function withDatabase(
  settings: Settings,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const given = settings.env.DATABASE_URL_UNPOOLED || settings.env.DATABASE_URL
  if (given) return work({ url: given, isEmbedded: false })

  const claim = await claimDataDir(settings.dataDir)
  if (claim === null) return work({ url: readRunningAddress(settings.dataDir), isEmbedded: true })
  try {
    const dataDir = join(settings.dataDir, 'postgres')
    const postgres = await startPostgres({ dataDir, port: settings.ports.POSTGRES_PORT })
    claim.addChild(postgres.pid)
    await work({ url: postgres.url, isEmbedded: true }).finally(() => postgres.stop())
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
