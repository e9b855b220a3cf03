import { expect, test } from 'vitest'
import { summarizeTests, type TestReport } from './summarizeTests.ts'

function report(...statuses: string[]): TestReport {
  const assertionResults = statuses.map((status, i) => ({ status, fullName: `test ${i}` }))
  return { testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] }
}

test('the last line counts what passed, failed and was skipped', () => {
  const summary = summarizeTests(report('passed', 'passed', 'failed', 'pending', 'todo'), {
    exitCode: 1,
    isCi: false,
  })
  expect(summary.lines.at(-1)).toBe('2 passed, 1 failed, 2 skipped')
  expect(summary.exitCode).toBe(1)
})

test('what was skipped is named, and is no failure at home', () => {
  const summary = summarizeTests(report('passed', 'pending'), { exitCode: 0, isCi: false })
  expect(summary.lines[0]).toBe('Skipped: test 1')
  expect(summary.exitCode).toBe(0)
})

test('in CI a skipped test fails the run', () => {
  expect(summarizeTests(report('passed', 'pending'), { exitCode: 0, isCi: true }).exitCode).toBe(1)
})

test('a file that cannot be loaded counts as failed', () => {
  const broken: TestReport = { testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] }
  expect(summarizeTests(broken, { exitCode: 1, isCi: false }).lines).toEqual([
    '0 passed, 1 failed, 0 skipped',
  ])
})

test('a run that fails without a failed test, or dies without a report, is never all right', () => {
  for (const seen of [report('passed'), null]) {
    const summary = summarizeTests(seen, { exitCode: 1, isCi: false })
    expect(summary.lines.at(-1)).toContain('1 failed')
    expect(summary.exitCode).toBe(1)
  }
})

test('a run without any test is not all right', () => {
  expect(summarizeTests({ testResults: [] }, { exitCode: 0, isCi: true }).exitCode).toBe(1)
})
