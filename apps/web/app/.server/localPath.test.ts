import { expect, test } from 'vitest'
import { localPath } from './localPath.ts'

test.each(['/today', '/history?after=abc', '/session/session_01k', '/a%2F%2Fb'])('%s is kept', (path) => {
  expect(localPath(path, '/fallback')).toBe(path)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example/today',
  'javascript:alert(1)',
  'today',
  '',
  ' /today',
  null,
  undefined,
])('S9: %j leads nowhere but to the fallback', (wanted) => {
  expect(localPath(wanted, '/fallback')).toBe('/fallback')
})
