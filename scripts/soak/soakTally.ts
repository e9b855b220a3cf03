/** What the load did, and was told that it succeeded: so much it must leave behind. */
export interface SoakTally {
  signIns: number
  signOuts: number
  starts: number
  beats: number
  ends: number
  reads: number
  pages: number
  signUps: number
  completions: number
  /** Whatever else was answered; there must be none. */
  failures: string[]
}
