import { Redis } from 'ioredis'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'
import { startTcpProxy, type TcpProxy } from '../tcpProxy.ts'

const BEAT_KEYS = Array.from({ length: 8 }, (_, shard) => `beats:{${shard}}`)

/** A Redis that processes reach over a line of their own, while the test looks at it directly. */
export class RedisUnderTest {
  isAway = false
  readonly #redis: Redis
  readonly #proxy: TcpProxy

  private constructor(url: string, proxy: TcpProxy) {
    this.#redis = new Redis(url)
    this.#proxy = proxy
  }

  static async open(url: string): Promise<RedisUnderTest> {
    return new RedisUnderTest(url, await startTcpProxy(Number(new URL(url).port)))
  }

  /** Where processes connect to. */
  get url(): string {
    return `redis://127.0.0.1:${this.#proxy.port}`
  }

  async empty(): Promise<void> {
    await this.#redis.flushall()
  }

  async takeAway(clients: readonly RedisClient[]): Promise<void> {
    this.#proxy.cut()
    this.isAway = true
    await until(() => clients.every(({ status }) => status !== 'ready'))
  }

  async bringBack(clients: readonly RedisClient[]): Promise<void> {
    this.#proxy.restore()
    // Not waiting for the client's own next try, which comes later the longer Redis was away.
    for (const client of clients)
      if (client.status === 'reconnecting') client.connect().catch(() => undefined)
    await until(() => clients.every(({ status }) => status === 'ready'))
    this.isAway = false
  }

  async isHeld(sessionId: string): Promise<boolean> {
    return (await this.#redis.exists(`session:{${sessionId}}`)) === 1
  }

  /** What a process that died left behind. */
  async plantOrphan(sessionId: string, userId: string, beatAt: number): Promise<void> {
    await this.#redis.set(`session:{${sessionId}}`, JSON.stringify({ userId }), 'EX', 3600)
    const shard = Number.parseInt(sessionId.slice(-1), 16) % BEAT_KEYS.length
    await this.#redis.zadd(BEAT_KEYS[shard] as string, beatAt, sessionId)
  }

  /** Keeps the last beats as they are now. @returns lets Redis fall back to them, with nothing else. */
  async keepBeats(): Promise<() => Promise<void>> {
    const kept = await Promise.all(BEAT_KEYS.map((key) => this.#redis.dumpBuffer(key)))
    return async () => {
      await this.empty()
      for (const [index, dump] of kept.entries())
        if (dump) await this.#redis.restore(BEAT_KEYS[index] as string, 0, dump)
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
    await this.#proxy.close()
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}
