import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildSchema, type GraphQLSchema } from 'graphql'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string): GraphQLSchema => buildSchema(readFileSync(file, 'utf8'))

/** The schema as partners know it, as it is now, and where it is told what lies between. */
export const partnerSchema = {
  publishedFile: resolve(root, 'docs/partners/schema/published.graphql'),
  servedFile: resolve(root, 'apps/api/schema.graphql'),
  changelogFile: resolve(root, 'docs/partners/changelog.md'),
  published: (): GraphQLSchema => read(partnerSchema.publishedFile),
  served: (): GraphQLSchema => read(partnerSchema.servedFile),
}
