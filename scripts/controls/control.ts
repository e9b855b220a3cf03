/** A control of ours, how it is taken out, and the tests that have to fail without it. */
export interface Control {
  /** What no longer holds without it. */
  name: string
  /** Of which promise, or how its test begins; a test that fails counts only when it names one of them. */
  ids: readonly string[]
  file: string
  /** Stands in the file exactly once. */
  code: string
  without: string
  test: string
}
