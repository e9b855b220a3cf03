import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { securityMap } from './docs/securityMap.ts'
import { emitSchema } from './emitSchema.ts'
import { generateClient } from './generateClient.ts'

await emitSchema('apps/api/schema.graphql')
await generateClient('write')
const root = resolve(import.meta.dirname, '..')
writeFileSync(resolve(root, 'docs/security/asvs.md'), securityMap(root))
console.log(
  'Generated apps/api/schema.graphql, packages/api-client/src/generated, apps/api/src/trustedDocuments.json, docs/security/asvs.md',
)
