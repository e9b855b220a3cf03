import { explainFailure } from './product/explainFailure.ts'
import { migrate } from './product/migrate.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await explainFailure(() =>
  withDatabase(readSettings(), { besideProduct: true }, async (url) => {
    await migrate(url)
    console.log('The database is up to date')
  }),
)
