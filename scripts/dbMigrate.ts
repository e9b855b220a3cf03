import { migrate } from './product/migrate.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await withDatabase(readSettings(), async ({ url }) => {
  await migrate(url)
  console.log('The database is up to date')
})
