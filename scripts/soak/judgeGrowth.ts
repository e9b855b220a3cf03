import type { SoakSample } from './soakSample.ts'

const MIB = 2 ** 20
/** What is compiled, prepared and cached once is made in this share of the time. */
const WARM_UP_SHARE = 0.25

/** What may differ between the first and the last third of the time that is looked at. */
const LIMITS = {
  /** Live objects are counted exactly; this is what caches of bounded size still fill. */
  heap: { share: 0, plus: 3 * MIB },
  external: { share: 0, plus: 4 * MIB },
  /** The allocator keeps what was freed, and gives pages back late. */
  resident: { share: 0.1, plus: 16 * MIB },
  /** A burst opens connections, which are kept for a minute: one a person of the load at most. Leaks have no such bound. */
  files: { share: 0, plus: 40 },
  /** Pools open what a burst needs, and close it when it is idle; more than they may hold is not reached by this. */
  pooled: { share: 0, plus: 8 },
  connections: { share: 0, plus: 2 },
  jobs: { share: 0, plus: 5 },
  /** Of the whole machine, which does other things too: twice is not yet growth. */
  liveMedianMs: { share: 1, plus: 2 },
  liveP99Ms: { share: 1, plus: 30 },
} as const

export interface Growth {
  name: string
  first: number
  last: number
  allowed: number
  unit: 'MiB' | 'ms' | ''
}

/** Compares the first third of the time after the warm-up with the last: medians, so that no single moment decides. */
export function judgeGrowth(samples: SoakSample[]): Growth[] {
  const end = samples.at(-1)?.atSeconds ?? 0
  const settled = samples.filter(({ atSeconds }) => atSeconds >= end * WARM_UP_SHARE)
  const third = Math.max(1, Math.floor(settled.length / 3))
  const [first, last] = [settled.slice(0, third), settled.slice(-third)]

  const compare = (
    name: string,
    limit: keyof typeof LIMITS,
    read: (samples: SoakSample[]) => number,
    unit: Growth['unit'] = '',
  ): Growth => {
    const scale = unit === 'MiB' ? MIB : 1
    const from = read(first)
    const { share, plus } = LIMITS[limit]
    const allowed = from * (1 + share) + plus
    return { name, first: from / scale, last: read(last) / scale, allowed: allowed / scale, unit }
  }
  const processes = Object.keys(samples[0]?.processes ?? {})
  const of = (name: string, key: keyof SoakSample['processes'][string]) => (some: SoakSample[]) =>
    quantile(
      some.map(({ processes }) => processes[name]?.[key] ?? Number.NaN),
      0.5,
    )
  const live = (name: string, share: number) => (some: SoakSample[]) =>
    quantile(
      some.flatMap(({ liveMs }) => liveMs[name] ?? []),
      share,
    )
  const most = (key: 'postgresConnections' | 'redisConnections' | 'jobs') => (some: SoakSample[]) =>
    Math.max(...some.map((sample) => sample[key]))
  return [
    ...processes.flatMap((name) => [
      compare(`${name}: live heap`, 'heap', of(name, 'heapBytes'), 'MiB'),
      compare(`${name}: buffers`, 'external', of(name, 'externalBytes'), 'MiB'),
      compare(`${name}: resident`, 'resident', of(name, 'residentBytes'), 'MiB'),
      compare(`${name}: open files`, 'files', of(name, 'openFiles')),
    ]),
    ...Object.keys(samples[0]?.liveMs ?? {}).flatMap((name) => [
      compare(`${name}: /health/live, median`, 'liveMedianMs', live(name, 0.5), 'ms'),
      compare(`${name}: /health/live, p99`, 'liveP99Ms', live(name, 0.99), 'ms'),
    ]),
    compare('connections to PostgreSQL', 'pooled', most('postgresConnections')),
    compare('connections to Redis', 'connections', most('redisConnections')),
    compare('jobs in the queue', 'jobs', most('jobs')),
  ]
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
