import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { explainFailure } from './product/explainFailure.ts'
import { runOnDatabase } from './product/runOnDatabase.ts'
import { withDatabase } from './product/withDatabase.ts'
import { readSettings } from './readSettings.ts'

await explainFailure(async () => {
  const [name] = process.argv.slice(2)
  if (name === undefined) throw new Error('Name the file to write: npm run db:backup -- wellness.backup.gz')
  const file = resolve(name)
  // Its owner alone may read it, and one that is there is not written over.
  const stdout = openSync(file, 'wx', 0o600)
  let code = 1
  try {
    await withDatabase(readSettings(), { besideProduct: true }, async (databaseUrl) => {
      code = await runOnDatabase({ name: 'backUp', databaseUrl, stdout })
    })
  } finally {
    closeSync(stdout)
    // Half a back-up is none.
    if (code !== 0) rmSync(file)
  }
  if (code !== 0) throw new Error('No back-up was made')
  console.log(`${file}: ${statSync(file).size} bytes`)
})
