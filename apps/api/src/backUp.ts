import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { readMigrationEnv } from './env.ts'
import { writeBackup } from './platform/backup/writeBackup.ts'

// Being signed in is not kept: a login that was ended after the back-up, of a stolen device perhaps, would live again.
const LEFT_OUT = ['public.logins']

const client = new Client({ connectionString: readMigrationEnv().databaseUrl })
await client.connect()
try {
  const backup = writeBackup(client, { leaveOut: LEFT_OUT, now: new Date() })
  await pipeline(backup, createGzip(), process.stdout)
} finally {
  await client.end()
}
