import { writeFileSync } from 'node:fs'
import { makeCommonPasswordFilter } from './modules/identity/passwords/makeCommonPasswordFilter.ts'

// Writes the filter of common passwords, as the installed lists make it, to the file that is named.
const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the file to write.')
writeFileSync(file, `${JSON.stringify(makeCommonPasswordFilter(), null, 2)}\n`)
