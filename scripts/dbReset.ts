import pg from 'pg'
import { explainFailure } from './product/explainFailure.ts'
import { migrate } from './product/migrate.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await explainFailure(async () => {
  const settings = readSettings()
  const given = settings.env.DATABASE_URL
  if (given && !process.argv.includes('--force')) {
    throw new Error(
      `This would delete everything in ${new URL(given).host}: say so with npm run db:reset -- --force`,
    )
  }
  // Under a product that runs, its people would be gone and its job queue would stand still.
  await withDatabase(settings, { besideProduct: false }, async (url) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(
      'drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public',
    )
    await client.end()
    await migrate(url)
    console.log(`The database is empty and up to date${given ? '' : '; npm start makes the demo user anew'}`)
  })
})
