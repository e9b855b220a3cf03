import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { drawChangelog } from './drawChangelog.ts'
import { findChangelogProblems } from './findChangelogProblems.ts'
import { findChanges } from './findChanges.ts'
import { findHastyRemovals } from './findHastyRemovals.ts'
import { partnerSchema } from './partnerSchema.ts'
import type { SchemaAccess } from './schemaAccess.ts'

const EMPTY = '# Changelog\n\n## Next\n\nNothing yet.\n\n## 2026-11-23\n\n### Safe\n\n- Old was added.\n'
const served = readFileSync(`${partnerSchema.servedFiles}.graphql`, 'utf8')
const before = partnerSchema.served()

/** The schema as it is served, with one thing in it changed. */
function changed(from: string | RegExp, to: string) {
  return findChanges(before, { ...before, schema: buildSchema(replaced(served, from, to)) })
}

function replaced(sdl: string, from: string | RegExp, to: string): string {
  const other = sdl.replace(from, to)
  expect(other).not.toBe(sdl)
  return other
}

/** The same schema, with other access for keys or at other prices. */
function changedAccess(change: (access: SchemaAccess) => void) {
  const access = structuredClone(before.access)
  change(access)
  return findChanges(before, { ...before, access })
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

/** Some version of a schema, as the changelog reads it. */
function version(sdl: string): typeof before {
  return { schema: buildSchema(sdl), access: before.access }
}

const UNTIL = (day: string) => `@deprecated(reason: "Use b. Deprecated 2026-12-01, removed after ${day}.")`
const QUERY = 'type Query { a(b: B c: Int = 1): String d: Int }'
const INPUT = 'input B { x: Int! = 3 y: Int! z: String = "one" }'

test.each<[what: string, from: string, to: string, severity: string, text: string]>([
  [
    'a result that is never null any more',
    '): String',
    '): String!',
    'Safe',
    'Query.a changed type from String to String!.',
  ],
  ['an input field that may be left out', 'y: Int!', 'y: Int', 'Safe', 'B.y changed type from Int! to Int.'],
  [
    'an argument that takes null',
    'b: B ',
    'b: [Int] ',
    'Breaking',
    'Query.a arg b has changed type from B to [Int].',
  ],
  [
    'another default of an input field',
    '"one"',
    '"two"',
    'Dangerous',
    'The default of B.z went from "one" to "two".',
  ],
  [
    'no default of an input field',
    'z: String = "one"',
    'z: String',
    'Dangerous',
    'The default of B.z went from "one" to none.',
  ],
  [
    'another default of an argument',
    'c: Int = 1',
    'c: Int = 2',
    'Dangerous',
    'The default of Query.a arg c went from 1 to 2.',
  ],
  [
    'a new default',
    'b: B ',
    'b: B = {y: 1} ',
    'Dangerous',
    'The default of Query.a arg b went from none to {x: 3, y: 1, z: "one"}.',
  ],
  [
    'an input field that must be given without its default',
    'x: Int! = 3',
    'x: Int!',
    'Breaking',
    'B.x lost its default 3, and has to be given.',
  ],
  [
    'a deprecation that ends earlier',
    `d: Int ${UNTIL('2027-06-01')}`,
    `d: Int ${UNTIL('2027-04-01')}`,
    'Breaking',
    'Query.d may be gone after 2027-04-01, where 2027-06-01 was told.',
  ],
  [
    'a deprecation that ends later',
    `d: Int ${UNTIL('2027-04-01')}`,
    `d: Int ${UNTIL('2027-06-01')}`,
    'Safe',
    'Query.d is deprecated otherwise: Use b. Deprecated 2026-12-01, removed after 2027-06-01.',
  ],
  [
    'a deprecation that is taken back',
    `d: Int ${UNTIL('2027-04-01')}`,
    'd: Int',
    'Safe',
    'Query.d is deprecated no more.',
  ],
  ['a new directive', INPUT, `${INPUT} directive @x on FIELD`, 'Safe', '@x was added.'],
])('%s is a change, by its severity, once', (_what, from, to, severity, text) => {
  const known = from.startsWith('d: Int ') ? replaced(QUERY, 'd: Int', from) : QUERY
  const sdl = `${known} ${INPUT}`
  expect(findChanges(version(sdl), version(replaced(sdl, from, to)))).toMatchObject([{ severity, text }])
})

test('texts of descriptions are no changes', () => {
  expect(changed('"""Whose session it is."""', '"""Another text."""')).toEqual([])
})

test.each<[what: string, change: (access: SchemaAccess) => void, severity: string, text: string]>([
  [
    'a field that takes another scope',
    ({ fields }) => (fields['User.email'] = 'SESSIONS_READ'),
    'Breaking',
    'User.email needs an API key with SESSIONS_READ, where PROFILE_READ was enough.',
  ],
  [
    'a field that takes a scope now',
    ({ fields }) => (fields['Query.rateLimit'] = 'PROFILE_READ'),
    'Breaking',
    'Query.rateLimit needs an API key with PROFILE_READ, where every key was enough.',
  ],
  [
    'a field that is shut',
    ({ fields }) => (fields['User.sessions'] = 'NONE'),
    'Breaking',
    'User.sessions is open to no API key any more.',
  ],
  [
    'a field that no longer shows what is below it',
    ({ shows }) => delete shows['StartSessionPayload.session'],
    'Breaking',
    'StartSessionPayload.session no longer shows what is directly below it without SESSIONS_READ.',
  ],
  [
    'a field that is opened',
    ({ fields }) => (fields['User.logins'] = 'PROFILE_READ'),
    'Safe',
    'User.logins is open to API keys with PROFILE_READ.',
  ],
  [
    'a field that takes no scope any more',
    ({ fields }) => (fields['User.name'] = 'ANY'),
    'Safe',
    'User.name is open to every API key.',
  ],
  [
    'a field that shows what is below it',
    ({ shows }) => (shows['Query.me'] = 'PROFILE_READ'),
    'Safe',
    'Query.me shows what is directly below it, which else needs PROFILE_READ.',
  ],
  [
    'a price that rises',
    ({ prices }) => (prices['mutation'] = 11),
    'Dangerous',
    'The price of mutation went from 10 to 11 points.',
  ],
  [
    'a price of what cost nothing',
    ({ prices }) => (prices['mood'] = 5),
    'Dangerous',
    'The price of mood went from 0 to 5 points.',
  ],
  [
    'a price that falls',
    ({ prices }) => (prices['mutation'] = 9),
    'Safe',
    'The price of mutation went from 10 to 9 points.',
  ],
  [
    'operations that may cost less',
    (access) => (access.operationPointsMax = 900),
    'Dangerous',
    'The most that an operation may cost went from 1000 to 900 points.',
  ],
  [
    'a bucket that holds less',
    ({ buckets }) => (buckets['apiKey'] = { points: 10, pointsPerSecond: 50 }),
    'Dangerous',
    'What the bucket apiKey holds went from 5000 to 10 points.',
  ],
  [
    'a bucket that fills more slowly',
    ({ buckets }) => (buckets['apiKey'] = { points: 5_000, pointsPerSecond: 1 }),
    'Dangerous',
    'What the bucket apiKey gets back every second went from 50 to 1 points.',
  ],
  [
    'a limit that falls',
    ({ limits = {} }) => (limits['ids in nodes'] = 99),
    'Dangerous',
    'The limit on ids in nodes went from 100 to 99.',
  ],
  [
    'a limit that rises',
    ({ limits = {} }) => (limits['depth of a document'] = 11),
    'Safe',
    'The limit on depth of a document went from 10 to 11.',
  ],
  [
    'a limit of what had none',
    ({ limits = {} }) => (limits['letters'] = 5),
    'Dangerous',
    'The limit on letters went from without limit to 5.',
  ],
])('%s is a change, and fails without its entry', (_what, change, severity, text) => {
  const changes = changedAccess(change)
  expect(changes).toEqual([{ severity, text }])
  expect(findChangelogProblems(EMPTY, changes)).not.toEqual([])
  const drawn = drawChangelog(EMPTY, changes)
  expect(findChangelogProblems(drawn, changes)).toHaveLength(severity === 'Breaking' ? 1 : 0)
})

const REASON = 'Use other. Deprecated 2026-12-01, removed after 2027-03-05.'
const DEPRECATED = ` @deprecated(reason: "${REASON}")`

/** Each break, and how it is announced: by what in the schema is deprecated before it. */
const ANNOUNCED: Record<string, [from: RegExp, to: string]> = {
  'a field that is gone': [/durationSeconds: Int/, `$&${DEPRECATED}`],
  'a field that may be null now': [/startedAt: DateTime!/, `$&${DEPRECATED}`],
  'a field of another type': [/totalCount: Int!/, `$&${DEPRECATED}`],
  'a value of an enum that is gone': [/\bSESSIONS_WRITE\n/, `SESSIONS_WRITE${DEPRECATED}\n`],
  'a mutation that is gone': [/signOut: SignOutPayload!/, `$&${DEPRECATED}`],
  'an argument that is gone': [/id: ID!\n {2}\): Node/, `id: ID!\n  ): Node${DEPRECATED}`],
  'an input that is asked for now': [/clientSessionId: ID\n/, `clientSessionId: ID${DEPRECATED}\n`],
}

test.each(Object.entries(ANNOUNCED))(
  '%s fails unless it was deprecated in what was published three months before, and since',
  (name, [from, to]) => {
    const told = { ...before, schema: buildSchema(replaced(served, from, to)) }
    const breaks = BREAKS[name]
    if (!breaks) throw new Error(`${name} breaks nothing`)
    const changes = changed(...breaks)
    const isHasty = (date: string, published: [day: string, version: typeof before][]) =>
      findHastyRemovals(
        changes,
        published.map(([day, version]) => ({ day, ...version })),
        new Date(date),
      ).length > 0
    const first: [string, typeof before] = ['2026-11-23', before]
    expect(isHasty('2027-03-06', [])).toBe(true)
    expect(isHasty('2027-03-06', [first])).toBe(true)
    expect(isHasty('2027-03-06', [first, ['2026-12-06', told]])).toBe(false)
    // Too early by a day, however long ago its reason says that it began.
    expect(isHasty('2027-03-06', [first, ['2026-12-07', told]])).toBe(true)
    // It was promised for longer.
    expect(isHasty('2027-03-05', [first, ['2026-12-01', told]])).toBe(true)
    expect(isHasty('2027-03-06', [first, ['2026-12-01', told]])).toBe(false)
    // It was taken back in between.
    expect(
      isHasty('2027-03-06', [
        ['2026-12-01', told],
        ['2027-01-01', before],
        ['2027-03-01', told],
      ]),
    ).toBe(true)
  },
)

test('each break has its announcement, and one that nobody has thought of has none', () => {
  expect(Object.keys(ANNOUNCED).sort()).toEqual(Object.keys(BREAKS).sort())
  const unknown = { severity: 'Breaking' as const, text: 'x was unheard of.', kind: 'FIELD_REMOVED' as never }
  const told = [{ day: '2020-01-01', ...before }]
  expect(findHastyRemovals([unknown], told, new Date('2027-01-01'))).toHaveLength(1)
})

test('types go when what leads to them was deprecated, and those that only they lead to go with them', () => {
  const sessions = /\): SessionConnection!/
  const edge = /^"""[^"]*"""\ntype SessionEdge \{.*?^\}\n/ms
  const connection = /^"""[^"]*"""\ntype SessionConnection \{.*?^\}\n/ms
  const without = [edge, connection].reduce((sdl, type) => replaced(sdl, type, ''), served)
  const after = { ...before, schema: buildSchema(replaced(without, sessions, '): Int')) }
  const changes = findChanges(before, after).filter(({ severity }) => severity === 'Breaking')
  expect(changes.map(({ text }) => text)).toEqual([
    'SessionConnection was removed.',
    'SessionEdge was removed.',
    'User.sessions changed type from SessionConnection! to Int.',
  ])
  const told = { ...before, schema: buildSchema(replaced(served, sessions, `$&${DEPRECATED}`)) }
  const hasty = (version: typeof before) =>
    findHastyRemovals(changes, [{ day: '2026-12-01', ...version }], new Date('2027-03-06')).length
  expect(hasty(before)).toBe(2)
  expect(hasty(told)).toBe(0)
})

/**
 * Somebody takes away what was never deprecated, in a way that leaves nothing behind on which it would have been written.
 */
test.each<[what: string, before: string, after: string, announced: string]>([
  [
    'a type that only an interface leads to',
    'type Query { n: N e: Int } interface N { id: ID } type A implements N { id: ID x: Int } type C implements N { id: ID }',
    'type Query { n: N e: Int } interface N { id: ID } type C implements N { id: ID }',
    'type Query { n: N e: Int } interface N { id: ID } type A implements N { id: ID + x: Int + } type C implements N { id: ID }',
  ],
  [
    'a type that only a union leads to',
    'type Query { u: U e: Int } union U = A | C type A { x: Int } type C { x: Int }',
    'type Query { u: U e: Int } union U = C type C { x: Int }',
    'type Query { u: U + e: Int } union U = A | C type A { x: Int } type C { x: Int }',
  ],
  [
    'two types that lead to each other, and of which one is a member of a union',
    'type Query { u: U e: Int } union U = A | C type A { b: B } type B { a: A } type C { x: Int }',
    'type Query { u: U e: Int } union U = C type C { x: Int }',
    'type Query { u: U + e: Int } union U = A | C type A { b: B } type B { a: A } type C { x: Int }',
  ],
])('%s fails unless all that leads to it was deprecated', (_what, known, after, announced) => {
  const changes = findChanges(version(known), version(after))
  const hasty = (sdl: string) =>
    findHastyRemovals(changes, [{ day: '2026-12-01', ...version(sdl) }], new Date('2027-03-06')).length
  expect(changes.length).toBeGreaterThan(0)
  expect(hasty(known)).toBeGreaterThan(0)
  expect(hasty(announced.replaceAll('+', DEPRECATED))).toBe(0)
})

test.each([
  ['a directive', 'directive @x on FIELD', ''],
  ['a place of a directive', 'directive @x on FIELD | QUERY', 'directive @x on FIELD'],
  ['an argument of a directive', 'directive @x(a: Int) on FIELD', 'directive @x on FIELD'],
  ['all mutations', 'type Mutation { a: Int }', ''],
])('%s is never taken away: nothing can tell of it before', (_what, known, after) => {
  const query = 'type Query { e: Int }'
  const [was, is] = [version(`${query} ${known}`), version(`${query} ${after}`)]
  const published = [{ day: '2020-01-01', ...was }]
  expect(findHastyRemovals(findChanges(was, is), published, new Date('2027-01-01'))).toHaveLength(1)
})

test('what has to be given since its default is gone fails unless it was deprecated', () => {
  const sdl = `${QUERY} ${INPUT}`
  const changes = findChanges(version(sdl), version(replaced(sdl, 'x: Int! = 3', 'x: Int!')))
  const hasty = (known: string) =>
    findHastyRemovals(changes, [{ day: '2026-12-01', ...version(known) }], new Date('2027-03-06')).length
  expect(hasty(sdl)).toBe(1)
  expect(hasty(replaced(sdl, 'x: Int! = 3', `$&${DEPRECATED}`))).toBe(0)
})

test('of every day that the changelog tells there is the schema, and pages lead to the newest', () => {
  const published = partnerSchema.published().map(({ day }) => day)
  const days = [...readFileSync(partnerSchema.changelogFile, 'utf8').matchAll(/^## (\d{4}-\d\d-\d\d)$/gm)]
  expect(days.map(([, day]) => day)).toEqual(published.toReversed())
  const folder = resolve(partnerSchema.changelogFile, '..')
  const links = globSync('*.md', { cwd: folder }).flatMap((page) => [
    ...readFileSync(resolve(folder, page), 'utf8').matchAll(/\]\(schema\/(\d{4}-\d\d-\d\d)\./g),
  ])
  expect(links.length).toBeGreaterThan(1)
  for (const [, day] of links) expect(day).toBe(published.at(-1))
})
