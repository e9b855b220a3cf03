import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { environment } from './env.ts'
import { summarizeTests, type TestReport } from './summarizeTests.ts'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'wellness-tests-'))
const reportFile = join(folder, 'report.json')

const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
process.on('disconnect', () => child.kill('SIGTERM'))

child.once('exit', (code) => {
  let report: TestReport | null = null
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
  } catch {
    console.error('The test run left no report')
  }
  rmSync(folder, { recursive: true, force: true })
  const summary = summarizeTests(report, { exitCode: code ?? 1, isCi: environment.CI === 'true' })
  for (const line of summary.lines) console.log(line)
  process.exit(summary.exitCode)
})
