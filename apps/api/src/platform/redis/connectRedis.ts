import { Cluster, Redis } from 'ioredis'

/** One node or a cluster, behind the commands that both have. */
export type RedisClient = Redis | Cluster

/** How long a command may take. Redis makes beats cheap; waiting longer for it than PostgreSQL takes would not. */
export const REDIS_COMMAND_TIMEOUT_MS = 1_000

/**
 * Connects in the background and for ever. A command while Redis is away fails at once instead of queueing: the
 * callers go on with PostgreSQL alone, and a queue would replay their stale beats afterwards.
 */
export function connectRedis(addresses: string[], onError: (error: Error) => void): RedisClient {
  const options = {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
    commandTimeout: REDIS_COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000),
  }
  const [first = '', ...others] = addresses
  const client = others.length === 0 ? new Redis(first, options) : connectCluster([first, ...others], options)
  client.on('error', onError)
  return client
}

function connectCluster(
  addresses: string[],
  options: { retryStrategy: (attempt: number) => number },
): Cluster {
  const { username, password, protocol } = new URL(addresses[0] ?? '')
  return new Cluster(addresses, {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    clusterRetryStrategy: options.retryStrategy,
    redisOptions: {
      ...options,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
}
