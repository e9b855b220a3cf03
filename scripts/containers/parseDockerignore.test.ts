import { expect, test } from 'vitest'
import { parseDockerignore } from './parseDockerignore.ts'

test('the last line that fits a path or a folder above it decides', () => {
  const isIgnored = parseDockerignore(
    ['# all', '*', '!apps', '!.npmrc', '**/node_modules', '**/.env*', '**/*.test.ts', 'apps/*/e2e'].join(
      '\n',
    ),
  )
  const paths = [
    ['docs/operations.md', true],
    ['.git/HEAD', true],
    ['apps/api/src/main.ts', false],
    ['.npmrc', false],
    ['apps/api/node_modules/x/index.js', true],
    ['node_modules/x', true],
    ['apps/api/.env', true],
    ['apps/web/.env.local', true],
    ['apps/api/src/env.test.ts', true],
    ['apps/web/e2e/page.ts', true],
    ['apps/web/app/.server/env.ts', false],
  ] as const
  expect(paths.map(([path]) => [path, isIgnored(path)])).toEqual(paths)
})
