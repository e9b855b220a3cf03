import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keepSecret } from './keepSecret.ts'

const folder = mkdtempSync(join(tmpdir(), 'wellness-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('S8: a secret of the embedded mode is another one in every data folder, and stays the same in one', () => {
  const made = ['one', 'other'].map((name) => keepSecret(join(folder, name), 'DEMO_PASSWORD', 15))
  expect(made[0]).toMatch(/^[\w-]{20}$/)
  expect(made[1]).not.toBe(made[0])
  expect(keepSecret(join(folder, 'one'), 'DEMO_PASSWORD', 15)).toBe(made[0])
  expect(keepSecret(join(folder, 'one'), 'AUTH_SECRET')).not.toBe(made[0])
  expect(statSync(join(folder, 'one/secrets/DEMO_PASSWORD')).mode & 0o777).toBe(0o600)
})
