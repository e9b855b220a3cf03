import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { partnerSchema } from './partnerSchema.ts'
import { publishedChecksums } from './publishedChecksums.ts'

/** Somebody deprecates what they want to be rid of in the schema of a past day, or takes out what a later one lacks. */
test('a published file that was edited, taken away or put in fails the check', () => {
  const { publishedFolder } = partnerSchema
  expect(publishedChecksums.findProblems(publishedFolder)).toEqual([])
  const folder = mkdtempSync(join(tmpdir(), 'published-'))
  try {
    cpSync(publishedFolder, folder, { recursive: true })
    appendFileSync(join(folder, '2026-11-23.graphql'), '\n')
    rmSync(join(folder, '2026-11-23.access.json'))
    writeFileSync(join(folder, '2026-08-01.graphql'), '')
    const problems = ['2026-08-01.graphql', '2026-11-23.access.json', '2026-11-23.graphql'].map(
      (name) => `${name} is not as it was published`,
    )
    expect(publishedChecksums.findProblems(folder).sort()).toEqual(problems)
    publishedChecksums.write(folder)
    expect(publishedChecksums.findProblems(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
