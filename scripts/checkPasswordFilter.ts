import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePasswordFilter } from './writePasswordFilter.ts'

const committed = 'apps/api/src/modules/identity/passwords/commonPasswordFilter.json'
const folder = mkdtempSync(join(tmpdir(), 'wellness-password-filter-'))
const built = join(folder, 'filter.json')
await writePasswordFilter(built)
if (readFileSync(built, 'utf8') !== readFileSync(committed, 'utf8')) {
  console.log(`${committed} is not what its lists make: npm run build:password-filter`)
  process.exitCode = 1
}
rmSync(folder, { recursive: true, force: true })
