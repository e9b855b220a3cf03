import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { securityMap } from './docs/securityMap.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const idsOf = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)
/** What sign-in and the endpoint must hold to; kept here so that no promise leaves together with its test. */
const PROMISES = [
  ...[...idsOf('P', 9), ...idsOf('S', 10), ...idsOf('L', 12), ...idsOf('K', 8)],
  ...[...idsOf('R', 8), ...idsOf('A', 32)],
]

/** What OWASP ASVS does not ask for: of identity these, and the attacks on the endpoint, which are examples. */
const BEYOND_ASVS = ['L11', 'L12', 'K5', ...idsOf('A', 32)]

test('every promise stands in docs/security.md, and docs/security/asvs.md tells the tests that show it', () => {
  const told = [...read('docs/security.md').matchAll(/^\| ([PSLKRA]\d+) +\|/gm)].map(([, id]) => id)
  expect(told.toSorted()).toEqual(PROMISES.toSorted())

  const map = read('docs/security/asvs.md')
  expect(map, 'Run npm run generate').toBe(securityMap(root))
  const shown = [...map.matchAll(/^\| ([PSLKRA]\d+) \|[^|]*\| [^|]*\.test\.tsx?\b/gm)].map(([, id]) => id)
  expect(PROMISES.filter((id) => !shown.includes(id))).toEqual([])
  const unnumbered = [...map.matchAll(/^\| ([PSLKRA]\d+) \|  \|/gm)].map(([, id]) => id)
  expect(unnumbered).toEqual(BEYOND_ASVS)
})

test('no link of the documentation leads nowhere', () => {
  const dead = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), link)))
      .map((link) => `${file}: ${link}`),
  )
  expect(dead).toEqual([])
})
