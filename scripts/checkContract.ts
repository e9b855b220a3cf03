import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { findDepartures } from './findDepartures.ts'

const [served = 'apps/api/schema.graphql', contract = 'contract/1-foundation.graphql'] = process.argv.slice(2)
const read = (file: string) => buildSchema(readFileSync(file, 'utf8'))
const departures = findDepartures(read(contract), read(served))
for (const departure of departures) console.log(departure)
console.log(`${departures.length} departures of ${served} from ${contract}`)
process.exitCode = departures.length === 0 ? 0 : 1
