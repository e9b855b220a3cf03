import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = `${import.meta.dirname}/..`

test('every promise of docs/security.md is named by a test', () => {
  const promises = [
    ...readFileSync(`${root}/docs/security.md`, 'utf8').matchAll(/^\| ([PSLRA]\d+) +\|/gm),
  ].map(([, id]) => id)
  const tests = globSync(['apps/*/{src,app,server,e2e}/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'], {
    cwd: root,
  })
    .map((path) => readFileSync(`${root}/${path}`, 'utf8'))
    .join('\n')
  const named = new Set(
    [...tests.matchAll(/\b(?:test|it|describe)\b[^\n]*|^ {2,}\]\)\('[^\n]*/gm)].flatMap(
      ([line]) => line.match(/\b[PSLRA]\d+\b/g) ?? [],
    ),
  )

  expect(promises.length).toBeGreaterThan(50)
  expect(promises.filter((id) => id !== undefined && !named.has(id))).toEqual([])
})
