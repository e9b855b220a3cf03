import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { controls } from './controls/controls.ts'
import { environment } from './env.ts'

/**
 * Whether the tests would notice: in a copy of the project each control is taken out, one after the other, and its tests
 * must fail; with all of them in place they must pass.
 */
const LEFT_OUT = new Set(['node_modules', 'dist', 'build', '.git', '.data', '.cache'])
const root = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'wellness-controls-'))
let unnoticed = 0
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(path.slice(path.lastIndexOf('/') + 1)),
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const all = [...new Set(controls.map(({ test }) => test))]
  if (!passes(all)) throw new Error('The tests fail with all controls in place')
  console.log(`${all.length} groups of tests pass with ${controls.length} controls in place`)
  for (const { name, file, code, without, test } of controls) {
    const path = join(copy, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(code).length !== 2) throw new Error(`${file} does not hold the code of "${name}" once`)
    writeFileSync(
      path,
      source.replace(code, () => without),
    )
    const isNoticed = !passes([test])
    writeFileSync(path, source)
    if (!isNoticed) unnoticed += 1
    console.log(
      `${isNoticed ? 'ok    ' : 'FAILED'} without it, ${test} ${isNoticed ? 'fails' : 'PASSES'}: ${name}`,
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exit(unnoticed === 0 ? 0 : 1)

function passes(tests: string[]): boolean {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'api', '--project', 'web', ...tests]
  const { status } = spawnSync(process.execPath, args, { cwd: copy, env: environment, stdio: 'ignore' })
  return status === 0
}
