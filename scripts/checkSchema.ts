import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emitSchema } from './emitSchema.ts'

const committed = 'apps/api/schema.graphql'
const folder = mkdtempSync(join(tmpdir(), 'wellness-schema-'))
const emitted = join(folder, 'schema.graphql')
await emitSchema(emitted)
if (readFileSync(emitted, 'utf8') !== readFileSync(committed, 'utf8')) {
  console.log(`${committed} is not what the code makes: npm run generate`)
  process.exitCode = 1
}
rmSync(folder, { recursive: true, force: true })
