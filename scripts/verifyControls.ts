import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { controls as allControls } from './controls/controls.ts'
import { environment } from './env.ts'

/**
 * Whether the tests would notice: in a copy of the project each control is taken out, one after the other, and its tests
 * must fail; with all of them in place they must pass. `npm run verify:controls -- limits idempotency` tries those whose file or
 * name has one of the words.
 */
const LEFT_OUT = new Set(['node_modules', 'dist', 'build', '.git', '.data', '.cache'])
const root = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'wellness-controls-'))
const words = process.argv.slice(2)
const controls = allControls.filter(
  ({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
)
let unnoticed = 0
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(path.slice(path.lastIndexOf('/') + 1)),
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const all = [...new Set(controls.map(({ test }) => test))]
  const failures = runTests(all)
  if (failures.length > 0) throw new Error(`With all controls in place these fail:\n${failures.join('\n')}`)
  console.log(`${all.length} groups of tests pass with ${controls.length} controls in place`)
  for (const { name, ids, file, code, without, test } of controls) {
    const path = join(copy, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(code).length !== 2) throw new Error(`${file} does not hold the code of "${name}" once`)
    writeFileSync(
      path,
      source.replace(code, () => without),
    )
    const failed = runTests([test]).filter((title) => ids.some((id) => new RegExp(`\\b${id}\\b`).test(title)))
    writeFileSync(path, source)
    if (failed.length === 0) unnoticed += 1
    console.log(
      `${failed.length > 0 ? 'ok    ' : 'FAILED'} without this ${failed.length} of its tests fail: ${name}`,
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exit(unnoticed === 0 ? 0 : 1)

/** @returns the full names of the tests that failed. */
function runTests(tests: string[]): string[] {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const report = join(copy, 'report.json')
  const args = [vitest, 'run', '--project', 'api', '--project', 'web', '--reporter=json']
  spawnSync(process.execPath, [...args, `--outputFile=${report}`, ...tests], {
    cwd: copy,
    env: environment,
    stdio: 'ignore',
  })
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  rmSync(report)
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  )
}

interface Report {
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}
