import { writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { describeAccess } from './describeAccess.ts'
import { createSchema } from './schema.ts'

/** Writes the schema's SDL to the path given, or to the committed file; and beside it what keys may see, and prices. */
const path = process.argv[2] ?? `${import.meta.dirname}/../schema.graphql`
const schema = createSchema()
writeFileSync(path, `${printSchema(lexicographicSortSchema(schema))}\n`)
writeFileSync(path.replace(/graphql$/, 'access.json'), `${JSON.stringify(describeAccess(schema), null, 2)}\n`)
