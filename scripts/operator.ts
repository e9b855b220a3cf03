import { explainFailure } from './product/explainFailure.ts'
import { runOnDatabase } from './product/runOnDatabase.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await explainFailure(() =>
  withDatabase(readSettings(), { besideProduct: true }, async (databaseUrl) => {
    process.exitCode = await runOnDatabase({ name: 'operator', databaseUrl, args: process.argv.slice(2) })
  }),
)
