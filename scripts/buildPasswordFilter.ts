import { writePasswordFilter } from './writePasswordFilter.ts'

const file = 'apps/api/src/modules/identity/passwords/commonPasswordFilter.json'
await writePasswordFilter(file)
console.log(`Built ${file}`)
