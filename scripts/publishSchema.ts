import { copyFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { findChangelogProblems } from './changelog/findChangelogProblems.ts'
import { findChanges } from './changelog/findChanges.ts'
import { findHastyRemovals } from './changelog/findHastyRemovals.ts'
import { nextSection } from './changelog/nextSection.ts'
import { partnerSchema } from './changelog/partnerSchema.ts'
import { publishedChecksums } from './changelog/publishedChecksums.ts'

/** What is next becomes what is: the changes get a date, and the schema is the one that later ones are compared with. */
const { changelogFile, endings, filesOf, publishedFolder, servedFiles } = partnerSchema
const now = new Date()
const day = now.toISOString().slice(0, 10)
const newest = partnerSchema.newest()
const changelog = readFileSync(changelogFile, 'utf8')
const changes = findChanges(newest, partnerSchema.served())
if (changes.length === 0) {
  console.log('Nothing has changed since the schema was last published')
  process.exit(0)
}
const problems = [
  ...findChangelogProblems(changelog, changes),
  ...publishedChecksums.findProblems(publishedFolder),
  ...findHastyRemovals(changes, partnerSchema.published(), now),
  ...(existsSync(`${filesOf(day)}.graphql`) ? ['There is one schema a day: publish this one tomorrow'] : []),
]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)

const told = nextSection.get(changelog).replace('## Next', `## ${day}`)
writeFileSync(changelogFile, nextSection.replace(changelog, `## Next\n\nNothing yet.\n\n${told}`))
const pages = dirname(changelogFile)
for (const page of globSync('*.md', { cwd: pages })) {
  const text = readFileSync(resolve(pages, page), 'utf8')
  writeFileSync(resolve(pages, page), text.replaceAll(`](schema/${newest.day}.`, `](schema/${day}.`))
}
for (const ending of endings) copyFileSync(servedFiles + ending, filesOf(day) + ending)
publishedChecksums.write(publishedFolder)
console.log(`Published ${changes.length} changes as of ${day}`)
