import { writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from './schema.ts'

/** Writes the schema's SDL to the path given, or to the committed file. */
const path = process.argv[2] ?? `${import.meta.dirname}/../schema.graphql`
writeFileSync(path, `${printSchema(lexicographicSortSchema(createSchema()))}\n`)
