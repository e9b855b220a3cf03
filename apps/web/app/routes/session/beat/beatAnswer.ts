/** What the page is told about its session after a beat. */
export type BeatAnswer =
  | { state: 'live'; serverNow: number }
  /** Ended, here or elsewhere, or lapsed. */
  | { state: 'over' }
  /** There is no such session of this person. */
  | { state: 'unknown' }
  | { state: 'signedOut' }
  | { state: 'away' }
