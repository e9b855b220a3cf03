import type { BucketKind } from './costLimits.ts'

/** Whose points are meant. */
export interface BucketName {
  kind: BucketKind
  /** An HMAC: Redis holds nobody's address, nor the id of anything. */
  name: string
}
