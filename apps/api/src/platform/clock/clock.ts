/** Where the time comes from. Injected everywhere, so that tests move it instead of waiting. */
export interface Clock {
  now(): Date
}
