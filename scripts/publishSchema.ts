import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { findChangelogProblems } from './changelog/findChangelogProblems.ts'
import { findChanges } from './changelog/findChanges.ts'
import { nextSection } from './changelog/nextSection.ts'
import { partnerSchema } from './changelog/partnerSchema.ts'

/** What is next becomes what is: the changes get a date, and the schema is the one that later ones are compared with. */
const changelog = readFileSync(partnerSchema.changelogFile, 'utf8')
const changes = findChanges(partnerSchema.published(), partnerSchema.served())
const problems = findChangelogProblems(changelog, changes)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
if (changes.length === 0) {
  console.log('Nothing has changed since the schema was last published')
  process.exit(0)
}
const day = new Date().toISOString().slice(0, 10)
const told = nextSection.get(changelog).replace('## Next', `## ${day}`)
writeFileSync(
  partnerSchema.changelogFile,
  nextSection.replace(changelog, `## Next\n\nNothing yet.\n\n${told}`),
)
copyFileSync(partnerSchema.servedFile, partnerSchema.publishedFile)
console.log(`Published ${changes.length} changes as of ${day}`)
