import { Agent } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import { readProcessFigures } from '../load/processFigures.ts'
import { sendRequest } from '../load/sendRequest.ts'
import { openHeapProbe, type HeapProbe } from './heapProbe.ts'
import type { ProcessSample, SoakSample } from './soakSample.ts'

const LIVE_PAUSE_MS = 100
const LIVE_TIMEOUT_MS = 10_000
/** After a collection of garbage, which holds the process up, until latencies count again. */
const QUIET_MS = 500

export interface SamplerParts {
  /** The processes to look at, by name. */
  pids: Record<string, number>
  /** Where those answer that take requests. */
  urls: Record<string, string>
  database: pg.Pool
  redis: Redis
}

/** Takes the figures of the product from outside: what Linux, the inspector and the stores say. */
export class SoakSampler {
  readonly #parts: SamplerParts
  readonly #probes: Record<string, HeapProbe>
  readonly #startedAt = performance.now()
  readonly #agent = new Agent({ keepAlive: true })
  #liveMs: Record<string, number[]> = {}
  #isCollecting = false
  #isStopped = false
  #asking: Promise<unknown>

  private constructor(parts: SamplerParts, probes: Record<string, HeapProbe>) {
    this.#parts = parts
    this.#probes = probes
    this.#asking = Promise.all(Object.entries(parts.urls).map(([name, url]) => this.#askLive(name, url)))
  }

  static async open(parts: SamplerParts): Promise<SoakSampler> {
    const probes = Object.entries(parts.pids).map(
      async ([name, pid]) => [name, await openHeapProbe(pid)] as const,
    )
    return new SoakSampler(parts, Object.fromEntries(await Promise.all(probes)))
  }

  async take(): Promise<SoakSample> {
    const { pids, database, redis } = this.#parts
    const liveMs = this.#liveMs
    this.#liveMs = {}
    const { rows: backends } = await database.query<{ count: string }>(
      "select count(*) from pg_stat_activity where backend_type = 'client backend'",
    )
    const { rows: jobs } = await database.query<{ count: string }>(
      'select count(*) from graphile_worker._private_jobs',
    )
    const clients = /connected_clients:(\d+)/.exec(await redis.info('clients'))?.[1]
    const processes: Record<string, ProcessSample> = {}
    this.#isCollecting = true
    for (const [name, probe] of Object.entries(this.#probes)) {
      const heap = await probe.read()
      processes[name] = { ...heap, ...readProcessFigures(pids[name] ?? 0) }
    }
    await delay(QUIET_MS)
    this.#isCollecting = false
    return {
      atSeconds: (performance.now() - this.#startedAt) / 1_000,
      processes,
      postgresConnections: Number(backends[0]?.count),
      redisConnections: Number(clients),
      redisKeys: await redis.dbsize(),
      jobs: Number(jobs[0]?.count),
      liveMs,
    }
  }

  async close(): Promise<void> {
    this.#isStopped = true
    await this.#asking
    this.#agent.destroy()
    for (const probe of Object.values(this.#probes)) probe.close()
  }

  /** How long an answer takes that costs nothing, is how long the event loop was busy with something else. */
  async #askLive(name: string, url: string): Promise<void> {
    while (!this.#isStopped) {
      const from = performance.now()
      await sendRequest({
        url: `${url}/health/live`,
        method: 'GET',
        headers: {},
        agent: this.#agent,
        timeoutMs: LIVE_TIMEOUT_MS,
      })
      const tookMs = performance.now() - from
      if (!this.#isCollecting) (this.#liveMs[name] ??= []).push(tookMs)
      await delay(LIVE_PAUSE_MS)
    }
  }
}
