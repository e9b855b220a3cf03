import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { summarizeTests, type TestReport } from '../summarizeTests.ts'

const root = resolve(import.meta.dirname, '../..')

/** Runs the tests of the API on the scenario's servers. Resolves with what to say of them. */
export async function runApiTests(
  env: NodeJS.ProcessEnv,
  { isShared, leftOut }: { isShared: boolean; leftOut: string[] },
  filters: string[],
): Promise<{ line: string; passed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'wellness-verify-servers-'))
  const reportFile = join(folder, 'report.json')
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--project', 'api', '--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`],
    ...(isShared ? ['--no-file-parallelism'] : []),
    ...leftOut.map((file) => `--exclude=${file}`),
    ...filters,
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, forward)
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
    const summary = summarizeTests(report, { exitCode: code ?? 1, isCi: true })
    return { line: summary.lines.at(-1) ?? '', passed: summary.exitCode === 0 }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, forward)
    rmSync(folder, { recursive: true, force: true })
  }
}
