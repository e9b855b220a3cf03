import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isEnumType } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorCodes } from './platform/graphql/errorCode.ts'
import { createSchema } from './schema.ts'
import { makePartnerWorld, type PartnerWorld } from './testing/partners/partnerWorld.ts'
import { runPage } from './testing/partners/runPage.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = `${root}/docs/partners`
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))
/** They lead to others, or list what changed. */
const PAGES_WITHOUT_EXAMPLES = ['README.md', 'changelog.md']
/** npm, the compiler, and each program are processes of their own. */
const TIMEOUT_MS = 120_000

let world: PartnerWorld
beforeAll(async () => {
  world = await makePartnerWorld()
}, TIMEOUT_MS)
afterAll(() => world.close())

test.each(pages)(
  'what docs/partners/%s shows is what one gets, from its first example to its last',
  async (page) => {
    // Who comes to this one has an account since a minute ago.
    const person = page === 'quick-start.md' ? { sessionCount: 0 } : {}
    const count = await runPage(`${folder}/${page}`, world, person)
    expect(count > 0).toBe(!PAGES_WITHOUT_EXAMPLES.includes(page))
  },
  TIMEOUT_MS,
)

test('the page of errors has every code that there is, and no other', () => {
  const [errors = '', userErrors = ''] = readFileSync(`${folder}/errors.md`, 'utf8').split(
    '## What stands in `userErrors`',
  )
  expect(codesOf(errors)).toEqual([...errorCodes].sort())
  const type = createSchema().getType('UserErrorCode')
  if (!isEnumType(type)) throw new Error('UserErrorCode is no enum')
  expect(codesOf(userErrors)).toEqual(
    type
      .getValues()
      .map(({ name }) => name)
      .sort(),
  )
})

test('the client has a type with every code of an error, and no other', () => {
  const text = readFileSync(`${root}/packages/api-client/src/apiErrorCode.ts`, 'utf8')
  expect([...text.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code).sort()).toEqual([...errorCodes].sort())
})

function codesOf(markdown: string): (string | undefined)[] {
  return [...markdown.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code]) => code).sort()
}
