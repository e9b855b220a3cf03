import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { drawChangelog } from './changelog/drawChangelog.ts'
import { findChanges } from './changelog/findChanges.ts'
import { partnerSchema } from './changelog/partnerSchema.ts'
import { securityMap } from './docs/securityMap.ts'
import { emitSchema } from './emitSchema.ts'
import { generateClient } from './generateClient.ts'

await emitSchema('apps/api/schema.graphql')
await generateClient('write')
const root = resolve(import.meta.dirname, '..')
writeFileSync(resolve(root, 'docs/security/asvs.md'), securityMap(root))
const changes = findChanges(partnerSchema.newest(), partnerSchema.served())
const { changelogFile } = partnerSchema
writeFileSync(changelogFile, drawChangelog(readFileSync(changelogFile, 'utf8'), changes))
console.log(
  'Generated apps/api/schema.graphql, apps/api/schema.access.json, packages/api-client/src/generated, apps/api/src/trustedDocuments.json, docs/security/asvs.md, docs/partners/changelog.md',
)
