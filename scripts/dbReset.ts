import pg from 'pg'
import { migrate } from './product/migrate.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await withDatabase(readSettings(), async ({ url, isEmbedded }) => {
  if (!isEmbedded && !process.argv.includes('--force')) {
    console.error(
      `This would delete everything in ${new URL(url).host}: say so with npm run db:reset -- --force`,
    )
    process.exitCode = 1
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public',
  )
  await client.end()
  await migrate(url)
  console.log('The database is empty and up to date')
})
