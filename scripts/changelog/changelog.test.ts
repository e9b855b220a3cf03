import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { drawChangelog } from './drawChangelog.ts'
import { findChangelogProblems } from './findChangelogProblems.ts'
import { findChanges } from './findChanges.ts'
import { partnerSchema } from './partnerSchema.ts'

const EMPTY = '# Changelog\n\n## Next\n\nNothing yet.\n\n## 2026-11-23\n\n### Safe\n\n- Old was added.\n'
const served = readFileSync(partnerSchema.servedFile, 'utf8')
const published = buildSchema(served)

/** The schema as it is served, with one thing in it changed. */
function changed(from: string | RegExp, to: string) {
  const sdl = served.replace(from, to)
  expect(sdl).not.toBe(served)
  return findChanges(published, buildSchema(sdl))
}

/** Everything by which a program that was sound would fail. */
const BREAKS: Record<string, [RegExp, string]> = {
  'a field that is gone': [/durationSeconds: Int/, 'durationMinutes: Int'],
  'a field that may be null now': [/startedAt: DateTime!/, 'startedAt: DateTime'],
  'a field of another type': [/totalCount: Int!/, 'totalCount: Float!'],
  'a value of an enum that is gone': [/\bSESSIONS_WRITE\n/, 'SESSIONS_EDIT\n'],
  'a mutation that is gone': [/signOut: SignOutPayload!/, 'leave: SignOutPayload!'],
  'an input that is asked for now': [/clientSessionId: ID\n/, 'clientSessionId: ID!\n'],
  'an argument that is gone': [/id: ID!\n  \): Node/, 'other: ID\n  ): Node'],
}

test.each(Object.entries(BREAKS))(
  '%s fails without an entry that says what to do instead',
  (_, [from, to]) => {
    const changes = changed(from, to)
    const breaking = changes.filter(({ severity }) => severity === 'Breaking')
    expect(breaking.length).toBeGreaterThan(0)
    expect(findChangelogProblems(EMPTY, changes)).not.toEqual([])

    const drawn = drawChangelog(EMPTY, changes)
    expect(findChangelogProblems(drawn, changes)).toHaveLength(breaking.length)

    const told = breaking.reduce(
      (text, change) => text.replace(`- ${change.text}`, `- ${change.text} Instead: ask for something else.`),
      drawn,
    )
    expect(findChangelogProblems(told, changes)).toEqual([])
    expect(drawChangelog(told, changes)).toBe(told)
  },
)

test('an entry of an earlier publication is none of this one', () => {
  const changes = changed('durationSeconds: Int', 'durationMinutes: Int')
  const drawn = drawChangelog(EMPTY, changes).replace(
    /^(- .*durationSeconds.*)$/m,
    '$1 Instead: count yourself.',
  )
  expect(findChangelogProblems(drawn, changes)).toEqual([])
  expect(
    findChangelogProblems(drawn.replace('## Next', '## Next\n\nNothing yet.\n\n## 2026-12-01'), changes),
  ).not.toEqual([])
})

test('what is new is drawn by its severity, once, and what is told of what did not change is refused', () => {
  const changes = [
    ...changed('enum Scope {', 'enum Scope {\n  "New." NOTES_READ'),
    ...changed('type Session implements Node {', 'type Session implements Node {\n  "New." mood: Int\n'),
  ]
  const drawn = drawChangelog(EMPTY, changes)
  expect(drawn).toContain('### Dangerous\n\n- NOTES_READ was added to enum type Scope.\n')
  expect(drawn).toContain('### Safe\n\n- Session.mood was added.\n')
  expect(drawn).not.toContain('### Breaking')
  expect(findChangelogProblems(drawn, changes)).toEqual([])
  expect(findChangelogProblems(drawn, [])).not.toEqual([])
  expect(drawChangelog(drawn, [])).toBe(EMPTY)
})

test('what is newly deprecated is told, wherever it stands', () => {
  const reason = 'Use other. Deprecated 2026-12-01, removed after 2027-03-01.'
  const deprecated = changed(/totalCount: Int!/, `totalCount: Int! @deprecated(reason: "${reason}")`)
  expect(deprecated).toEqual([
    { severity: 'Safe', text: `SessionConnection.totalCount is deprecated: ${reason}` },
  ])
})

test('texts of descriptions are no changes', () => {
  expect(changed('"""Whose session it is."""', '"""Another text."""')).toEqual([])
})
