import { Cluster, Redis } from 'ioredis'

/** One node or a cluster, behind the commands that both have. */
export type RedisClient = Redis | Cluster

export interface RedisOptions {
  /** Several addresses always are a cluster's; one may be, as managed ones have a single address for all their nodes. */
  isCluster?: boolean
}

/** How long a command may take. Redis makes beats cheap; waiting longer for it than PostgreSQL takes would not. */
export const REDIS_COMMAND_TIMEOUT_MS = 1_000
/** While a node fails over: a few tries find its successor where there is one, and PostgreSQL stands in where not. */
const REDIRECTIONS_MAX = 3
const RETRY_PAUSE_MS = 50

/**
 * Connects in the background and for ever. A command while Redis is away fails at once instead of queueing: the
 * callers go on with PostgreSQL alone, and a queue would replay their stale beats afterwards.
 */
export function connectRedis(
  addresses: string[],
  onError: (error: Error) => void,
  { isCluster = false }: RedisOptions = {},
): RedisClient {
  const options = {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
    commandTimeout: REDIS_COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000),
  }
  if (isCluster || addresses.length > 1) return connectCluster(addresses, options, onError)
  const client = new Redis(addresses[0] ?? '', options)
  client.on('error', onError)
  client.on('ready', () => void warnOfCluster(client, onError))
  return client
}

function connectCluster(
  addresses: string[],
  options: { retryStrategy: (attempt: number) => number },
  onError: (error: Error) => void,
): Cluster {
  const { username, password, protocol } = new URL(addresses[0] ?? '')
  const cluster = new PromptCluster(addresses, {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    clusterRetryStrategy: options.retryStrategy,
    maxRedirections: REDIRECTIONS_MAX,
    retryDelayOnFailover: RETRY_PAUSE_MS,
    retryDelayOnClusterDown: RETRY_PAUSE_MS,
    // Names stay names: a certificate is made out to them, and not to what they lead to.
    dnsLookup: (host, callback) => callback(null, host),
    redisOptions: {
      ...options,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
  // What the nodes said tells more than that none of them would do.
  cluster.on('error', (error: Error & { lastNodeError?: Error }) => onError(error.lastNodeError ?? error))
  return cluster
}

/** ioredis holds commands back until it knows a cluster's nodes for the first time, past every deadline. */
class PromptCluster extends Cluster {
  override delayUntilReady(callback: (error: Error) => void): void {
    callback(new Error('No node of the Redis cluster was reached yet'))
  }
}

/** Through one node alone most keys of a cluster are out of reach, which shows as nothing but slowness. */
async function warnOfCluster(client: Redis, onError: (error: Error) => void): Promise<void> {
  const info = await client.info('cluster').catch(() => '')
  if (info.includes('cluster_enabled:1')) onError(new Error('REDIS_URL is a cluster’s: set REDIS_CLUSTER=on'))
}
