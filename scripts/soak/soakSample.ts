import type { HeapFigures } from './heapProbe.ts'
import type { ProcessFigures } from '../load/processFigures.ts'

/** What a process of the product used at one moment. */
export type ProcessSample = HeapFigures & ProcessFigures

/** How things stood at one moment of the load. */
export interface SoakSample {
  /** Since the load began. */
  atSeconds: number
  processes: Record<string, ProcessSample>
  postgresConnections: number
  redisConnections: number
  redisKeys: number
  jobs: number
  /** How long `/health/live` took, by process, since the last sample, in milliseconds. */
  liveMs: Record<string, number[]>
}
