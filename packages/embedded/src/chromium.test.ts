import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

test('finds a browser that runs', async () => {
  const { stdout } = await promisify(execFile)(await findChromium(), ['--version', '--no-sandbox'])
  expect(stdout).toMatch(/Chrom/)
})
