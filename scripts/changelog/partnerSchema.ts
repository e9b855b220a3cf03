import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { buildSchema, type GraphQLSchema } from 'graphql'
import type { SchemaAccess } from './schemaAccess.ts'

const root = resolve(import.meta.dirname, '../..')
const FOLDER = resolve(root, 'docs/partners/schema')
const SERVED = resolve(root, 'apps/api/schema')

/** The schema of one day, with what SDL does not tell of it. */
export interface SchemaVersion {
  schema: GraphQLSchema
  access: SchemaAccess
}

export interface PublishedSchema extends SchemaVersion {
  /** As 2026-11-23: since then it is what partners know, until the next. */
  day: string
}

/** The schema as it was published, day by day, as it is now, and where it is told what lies between. */
export const partnerSchema = {
  changelogFile: resolve(root, 'docs/partners/changelog.md'),
  /** Without their endings, of which there are two. */
  servedFiles: SERVED,
  publishedFolder: FOLDER,
  filesOf: (day: string): string => resolve(FOLDER, day),
  served: (): SchemaVersion => read(SERVED),

  /** The oldest comes first. */
  published(): PublishedSchema[] {
    const days = globSync('*.graphql', { cwd: FOLDER }).map((file) => basename(file, '.graphql'))
    return days.sort().map((day) => ({ day, ...read(resolve(FOLDER, day)) }))
  },

  /** @throws where nothing was published yet. */
  newest(): PublishedSchema {
    const newest = partnerSchema.published().at(-1)
    if (!newest) throw new Error(`No schema was published yet in ${FOLDER}`)
    return newest
  },

  /** The endings of the files that make one version. */
  endings: ['.graphql', '.access.json'] as const,
}

function read(files: string): SchemaVersion {
  const access = `${files}.access.json`
  if (!existsSync(access)) throw new Error(`${access} is missing`)
  return {
    schema: buildSchema(readFileSync(`${files}.graphql`, 'utf8')),
    access: JSON.parse(readFileSync(access, 'utf8')) as SchemaAccess,
  }
}
