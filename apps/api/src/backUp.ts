import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { readMigrationEnv } from './env.ts'
import { writeBackup } from './platform/backup/writeBackup.ts'

// What acts for people is not kept: a login or a key that was ended after the back-up, stolen perhaps, would live again.
const LEFT_OUT = ['public.logins', 'public.api_keys']

const client = new Client({ connectionString: readMigrationEnv().databaseUrl })
await client.connect()
try {
  const backup = writeBackup(client, { leaveOut: LEFT_OUT, now: new Date() })
  await pipeline(backup, createGzip(), process.stdout)
} finally {
  await client.end()
}
