import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a checkout may lie in a folder whose name has spaces, umlauts and percent signs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ein Ordner mit ü und 100%25 '))
  try {
    const script = join(folder, 'scripts/run.mjs')
    for (const name of ['scripts', 'apps', 'packages', 'node_modules']) mkdirSync(join(folder, name))
    for (const name of ['package-lock.json', 'node_modules/.package-lock.json'])
      writeFileSync(join(folder, name), '{ "packages": {} }')
    copyFileSync(join(import.meta.dirname, 'run.mjs'), script)
    writeFileSync(join(folder, 'scripts/build.ts'), 'console.log(process.cwd())')
    expect(execFileSync(process.execPath, [script, 'build'], { encoding: 'utf8' })).toBe(`${folder}\n`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
