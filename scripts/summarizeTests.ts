/** The part of Vitest's JSON report that counts. */
export interface TestReport {
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

export interface TestSummary {
  /** The last one counts what passed, failed and was skipped. */
  lines: string[]
  exitCode: number
}

/** Says what was left out, and counts; in CI nothing may be left out. */
export function summarizeTests(
  report: TestReport | null,
  run: { exitCode: number; isCi: boolean },
): TestSummary {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed')
  // A file that cannot be loaded has no tests, and an error outside of any test fails the run without failing one.
  const broken = files.filter((file) => file.status === 'failed' && file.assertionResults.every(isNotFailed))
  const counted = tests.filter((test) => test.status === 'failed').length + broken.length
  const failed = counted === 0 && run.exitCode !== 0 ? 1 : counted

  const lines = skipped.map((test) => `Skipped: ${test.fullName}`)
  if (run.isCi && skipped.length > 0) lines.push('In CI a skipped test is a failure.')
  lines.push(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
  const isGood = failed === 0 && passed > 0 && !(run.isCi && skipped.length > 0)
  return { lines, exitCode: isGood ? 0 : run.exitCode || 1 }
}

function isNotFailed(test: { status: string }): boolean {
  return test.status !== 'failed'
}
