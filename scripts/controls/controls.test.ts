import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { controls } from './controls.ts'

const root = resolve(import.meta.dirname, '../..')

/** Code that moved away is told here, and not after the minutes that it takes to come to it. */
test.each(controls)(
  'what would be taken out is there, once, with its tests: $name',
  ({ file, code, test }) => {
    expect(readFileSync(join(root, file), 'utf8').split(code)).toHaveLength(2)
    expect(existsSync(join(root, test))).toBe(true)
  },
)
