import { openSync } from 'node:fs'
import { resolve } from 'node:path'
import { explainFailure } from './product/explainFailure.ts'
import { runOnDatabase } from './product/runOnDatabase.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await explainFailure(async () => {
  const [name] = process.argv.slice(2)
  if (name === undefined) throw new Error('Name the file to read: npm run db:restore -- wellness.backup.gz')
  const stdin = openSync(resolve(name), 'r')
  await withDatabase(readSettings(), { besideProduct: false }, async (databaseUrl) => {
    process.exitCode = await runOnDatabase({ name: 'restore', databaseUrl, stdin })
  })
})
