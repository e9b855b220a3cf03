import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findFreePort } from './freePort.ts'
import { type Redis, startRedis, type RedisOptions } from './redis.ts'
import { requireProgram } from './requireProgram.ts'

export interface RedisClusterOptions extends Pick<RedisOptions, 'password' | 'tls' | 'settings'> {
  /** Three at least, or a single one that has every slot. */
  masters: number
  replicasPerMaster?: number
}

export interface RedisClusterNode extends Redis {
  /** The masters at the start come first. */
  role(): Promise<'master' | 'replica' | 'gone'>
}

export interface RedisCluster {
  nodes: RedisClusterNode[]
  stop(): Promise<void>
}

const SLOTS = 16_384
const START_TIMEOUT_MS = 60_000
/** How long a node may be silent before it counts as failed: short, so that nobody waits for a replica's promotion. */
const NODE_TIMEOUT_MS = 1_000

/** Starts a Redis Cluster on 127.0.0.1. Resolves when every slot is served and every replica follows its master. */
export async function startRedisCluster(options: RedisClusterOptions): Promise<RedisCluster> {
  const { masters, replicasPerMaster = 0, password, tls } = options
  const cli = await requireProgram(['valkey-cli', 'redis-cli'], 'redis-tools')
  const access = [
    ...(password ? ['--no-auth-warning', '-a', password] : []),
    ...(tls ? ['--tls', '--cacert', tls.authorityFile] : []),
  ]
  const run = async (...args: string[]) => (await promisify(execFile)(cli, [...access, ...args])).stdout
  const count = masters * (1 + replicasPerMaster)
  const ports = await Promise.all(Array.from({ length: count }, findFreePort))
  const servers: Redis[] = []
  const stop = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())))
  try {
    for (const port of ports) servers.push(await startNode(options, port, await findFreePort()))
    const addresses = ports.map((port) => `127.0.0.1:${port}`)
    if (masters === 1) await run('-p', String(ports[0]), 'cluster', 'addslotsrange', '0', String(SLOTS - 1))
    else
      await run(
        '--cluster',
        'create',
        ...addresses,
        '--cluster-replicas',
        String(replicasPerMaster),
        '--cluster-yes',
      )

    const nodes = servers.map(
      (server, index) =>
        ({
          ...server,
          async role() {
            const info = await run('-p', String(ports[index]), 'info', 'replication').catch(() => '')
            return info === '' ? 'gone' : info.includes('role:master') ? 'master' : 'replica'
          },
        }) satisfies RedisClusterNode,
    )
    const deadline = Date.now() + START_TIMEOUT_MS
    const isComplete = async (port: number): Promise<boolean> => {
      const state = await run('-p', String(port), 'cluster', 'info')
      const replication = await run('-p', String(port), 'info', 'replication')
      return (
        state.includes('cluster_state:ok') &&
        state.includes(`cluster_known_nodes:${ports.length}`) &&
        (replication.includes('role:master')
          ? replication.includes(`connected_slaves:${replicasPerMaster}`)
          : replication.includes('master_link_status:up'))
      )
    }
    while (!(await Promise.all(ports.map(isComplete))).every(Boolean)) {
      if (Date.now() > deadline) throw new Error('The Redis cluster does not come together')
      await delay(100)
    }
    return { nodes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function startNode(options: RedisClusterOptions, port: number, busPort: number): Promise<Redis> {
  return startRedis({
    port,
    ...(options.password ? { password: options.password } : {}),
    ...(options.tls ? { tls: options.tls } : {}),
    settings: {
      'cluster-enabled': 'yes',
      'cluster-announce-ip': '127.0.0.1',
      // Left to itself it is the port and 10000, which may be more than there are.
      'cluster-port': String(busPort),
      'cluster-node-timeout': String(NODE_TIMEOUT_MS),
      // A replica stands for election however old its data is, as long as nobody is better.
      'cluster-replica-validity-factor': '0',
      'repl-diskless-sync-delay': '0',
      ...options.settings,
    },
  })
}
