import { globSync, readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { findDepartures } from './findDepartures.ts'

const [served = 'apps/api/schema.graphql', ...parts] = process.argv.slice(2)
/** The parts of the contract in their order: later ones extend the types of earlier ones. */
const contract = parts.length > 0 ? parts : globSync('contract/*.graphql').sort()
const read = (files: string[]) => buildSchema(files.map((file) => readFileSync(file, 'utf8')).join('\n'))
const departures = findDepartures(read(contract), read([served]))
for (const departure of departures) console.log(departure)
console.log(`${departures.length} departures of ${served} from ${contract.join(', ')}`)
process.exitCode = departures.length === 0 ? 0 : 1
