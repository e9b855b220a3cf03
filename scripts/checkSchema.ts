import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emitSchema } from './emitSchema.ts'

const folder = mkdtempSync(join(tmpdir(), 'wellness-schema-'))
await emitSchema(join(folder, 'schema.graphql'))
for (const name of ['schema.graphql', 'schema.access.json']) {
  if (readFileSync(join(folder, name), 'utf8') === readFileSync(`apps/api/${name}`, 'utf8')) continue
  console.log(`apps/api/${name} is not what the code makes: npm run generate`)
  process.exitCode = 1
}
rmSync(folder, { recursive: true, force: true })
