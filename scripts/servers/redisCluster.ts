import { startRedisCluster } from '@wellness/embedded/redisCluster'
import type { Scenario } from './scenario.ts'

/** clusterFailover.test.ts, which is part of the run, has a cluster of its own to break. */
export const redisCluster: Scenario = {
  name: 'redis-cluster',
  title: 'Redis Cluster of three masters with a replica each',
  async start() {
    const masters = 3
    const cluster = await startRedisCluster({ masters, replicasPerMaster: 1 })
    const urls = cluster.nodes.slice(0, masters).map((node) => node.url)
    return { env: { TEST_REDIS_URL: urls.join(',') }, isShared: true, stop: () => cluster.stop() }
  },
}
