import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import { entities } from './entities.ts'
import { readMigrationEnv } from './env.ts'
import { restoreBackup } from './platform/backup/restoreBackup.ts'
import { RestoreRefused } from './platform/backup/restoreRefused.ts'
import { createOrm } from './platform/database/createOrm.ts'
import { migrateDatabase } from './platform/database/migrateDatabase.ts'

const { databaseUrl } = readMigrationEnv()
await migrateDatabase((url) => createOrm({ url, entities }), databaseUrl)
const client = new Client({ connectionString: databaseUrl })
await client.connect()
try {
  await pipeline(process.stdin, createGunzip(), async (backup: AsyncIterable<Buffer>) => {
    const { madeAt } = await restoreBackup(client, backup)
    process.stdout.write(`Restored the back-up of ${madeAt}\n`)
  })
} catch (error) {
  if (!isExpected(error)) throw error
  process.stderr.write(`Nothing was restored. ${error.message}\n`)
  process.exitCode = 1
} finally {
  await client.end()
}

/** A refusal, or a file that gzip finds damaged. */
function isExpected(error: unknown): error is Error {
  const code = (error as { code?: unknown } | null)?.code
  return error instanceof RestoreRefused || (typeof code === 'string' && code.startsWith('Z_'))
}
