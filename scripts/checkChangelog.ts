import { readFileSync } from 'node:fs'
import { findChangelogProblems } from './changelog/findChangelogProblems.ts'
import { findChanges } from './changelog/findChanges.ts'
import { findHastyRemovals } from './changelog/findHastyRemovals.ts'
import { partnerSchema } from './changelog/partnerSchema.ts'
import { publishedChecksums } from './changelog/publishedChecksums.ts'

const changes = findChanges(partnerSchema.newest(), partnerSchema.served())
tell(
  'docs/partners/changelog.md does not tell all changes of the schema: npm run generate',
  findChangelogProblems(readFileSync(partnerSchema.changelogFile, 'utf8'), changes),
)
tell(
  'The schema takes away what partners were not warned of for three months: deprecate it first',
  findHastyRemovals(changes, partnerSchema.published(), new Date()),
)
tell(
  'What was published is changed by publishing again, and not by hand: git checkout docs/partners/schema',
  publishedChecksums.findProblems(partnerSchema.publishedFolder),
)

function tell(what: string, problems: string[]): void {
  if (problems.length === 0) return
  for (const line of [what, ...problems]) console.log(line)
  process.exitCode = 1
}
