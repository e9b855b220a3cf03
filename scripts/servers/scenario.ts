/** Other people's servers, as they are set up for a run of the API's tests. */
export interface Scenario {
  /** As `npm run verify:servers -- <name>` calls it. */
  name: string
  title: string
  /** Test files that mean nothing on these servers. */
  leftOut?: { file: string; why: string }[]
  start(): Promise<RunningScenario>
}

export interface RunningScenario {
  /** What the tests are told; see apps/api/src/testing/env.ts. */
  env: NodeJS.ProcessEnv
  /** One Redis for all test files allows for one file at a time. */
  isShared: boolean
  stop(): Promise<void>
}
