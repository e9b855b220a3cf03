/** What the parts of an operation cost, in points. Whatever is not named here is free. */
export const pointsOf = {
  /** The least that a request costs: reading it. */
  request: 1,
  /** A request with a credential that turns out to be nobody's. */
  unknownCredential: 10,
  object: 1,
  mutation: 10,
  /** A count reads everything that it counts. */
  totalCount: 10,
  introspection: 10,
  /** All of a person's data, in one file. */
  accountCopy: 100,
  /** Of a list that has no size in the document, so many elements are counted. */
  unsizedListElements: 10,
} as const

/** How much a bucket holds, and how much flows into it every second. */
export interface BucketLimit {
  points: number
  pointsPerSecond: number
}

/** An operation that costs more is refused, whatever its sender has left. */
export const OPERATION_POINTS_MAX = 1_000

/** With an Idempotency-Key: its answer is kept for a day. */
export const KEPT_POINTS_MAX = 50
/** Of characters; a longer answer is given and not kept. */
export const KEPT_LENGTH_MAX = 8_192

/** By what a request is made. A visitor is somebody without a login who is looking at a page of the web app. */
export const bucketLimits = {
  login: { points: 10_000, pointsPerSecond: 100 },
  apiKey: { points: 5_000, pointsPerSecond: 50 },
  visitor: { points: 2_000, pointsPerSecond: 20 },
  address: { points: 1_000, pointsPerSecond: 10 },
} as const satisfies Record<string, BucketLimit>

/** Whoever was told to wait may ask so often before that time without being held. */
export const PROMPT_REFUSALS_MAX = 5
/** Requests that are held at once: of one credential or address, and of all. Each takes some 8 kB. */
export const HELD_BY_ONE_MAX = 100
export const HELD_MAX = 2_000

export type BucketKind = keyof typeof bucketLimits
