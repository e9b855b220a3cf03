import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** What sign-in and the endpoint must hold to; kept here so that no promise leaves together with its test. */
const PROMISES = [
  ...['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9'],
  ...['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10'],
  ...[
    'L1',
    'L2',
    'L3',
    'L4',
    'L5',
    'L6',
    'L7',
    'L8',
    'L9',
    'L11',
    'L12',
    'R1',
    'R2',
    'R3',
    'R4',
    'R5',
    'R6',
    'R7',
    'R8',
  ],
  ...Array.from({ length: 32 }, (_, i) => `A${i + 1}`),
]

test('every promise stands in docs/security.md, and a test has its name', () => {
  const told = [...read('docs/security.md').matchAll(/^\| ([PSLRA]\d+) +\|/gm)].map(([, id]) => id)
  const tests = globSync(['apps/*/{src,app,server,e2e}/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'], {
    cwd: root,
  })
  const names = tests
    .map(read)
    .join('\n')
    .matchAll(/\b(?:test|it|describe)\b[^\n]*|^ {2,}\]\)\('[^\n]*/gm)
  const named = new Set([...names].flatMap(([line]) => line.match(/\b[PSLRA]\d+\b/g) ?? []))

  expect(told.toSorted()).toEqual(PROMISES.toSorted())
  expect(PROMISES.filter((id) => !named.has(id))).toEqual([])
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
