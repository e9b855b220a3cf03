import { readFileSync } from 'node:fs'
import { findChangelogProblems } from './changelog/findChangelogProblems.ts'
import { findChanges } from './changelog/findChanges.ts'
import { partnerSchema } from './changelog/partnerSchema.ts'

const changes = findChanges(partnerSchema.published(), partnerSchema.served())
const problems = findChangelogProblems(readFileSync(partnerSchema.changelogFile, 'utf8'), changes)
if (problems.length > 0) {
  console.log('docs/partners/changelog.md does not tell all changes of the schema: npm run generate')
  for (const problem of problems) console.log(problem)
  process.exitCode = 1
}
