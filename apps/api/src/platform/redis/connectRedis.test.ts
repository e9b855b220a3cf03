import { findFreePort } from '@wellness/embedded/freePort'
import { type Certificates, makeCertificates } from '@wellness/embedded/makeCertificates'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import { type RedisCluster, startRedisCluster } from '@wellness/embedded/redisCluster'
import { Cluster } from 'ioredis'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectRedis, type RedisClient } from './connectRedis.ts'
import { pingRedis } from './pingRedis.ts'

const PASSWORD = 'p@ss/word:1'
const folder = mkdtempSync(join(tmpdir(), 'wellness-connect-redis-'))
const authorities = getCACertificates('default')

let clients: RedisClient[] = []
const errors: string[] = []
function connect(url: string, options?: { isCluster: boolean }): RedisClient {
  const client = connectRedis([url], (error) => errors.push(error.message), options)
  clients.push(client)
  return client
}
const untilReady = (client: RedisClient) =>
  new Promise<void>((resolve) => client.once('ready', () => resolve()))
const untilSaid = (text: string) =>
  expect.poll(() => errors.find((message) => message.includes(text))).toBeDefined()

/** As NODE_EXTRA_CA_CERTS does for a process that starts with it. */
const trust = ({ authorityFile }: Certificates) =>
  setDefaultCACertificates([...authorities, readFileSync(authorityFile, 'utf8')])

afterEach(() => {
  for (const client of clients) client.disconnect()
  clients = []
  errors.length = 0
  setDefaultCACertificates(authorities)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('over TLS with a password', () => {
  let certificates: Certificates
  let server: RedisServer
  beforeAll(async () => {
    certificates = await makeCertificates(join(folder, 'address'), ['IP:127.0.0.1'])
    server = await startRedis({ port: await findFreePort(), password: PASSWORD, tls: certificates })
  })
  afterAll(() => server.stop())

  test('a Redis serves by its address alone', async () => {
    trust(certificates)
    expect(server.url).toContain('rediss://:p%40ss%2Fword%3A1@')
    const client = connect(server.url)
    await untilReady(client)
    await client.set('greeting', 'hello')
    expect(await client.get('greeting')).toBe('hello')
  })

  /** Attack: somebody on the way answers in the name of Redis, with a certificate that they made themselves. */
  test('one whose certificate nobody trusted has signed is refused', async () => {
    const client = connect(server.url)
    await untilSaid('self-signed certificate in certificate chain')
    await expect(client.get('greeting')).rejects.toThrow()
  })

  test('a wrong password is told, and serves nothing', async () => {
    trust(certificates)
    const client = connect(server.url.replace('word', 'wrong'))
    await untilSaid('WRONGPASS')
    await expect(client.get('greeting')).rejects.toThrow()
  })
})

describe('a cluster behind one address', () => {
  let certificates: Certificates
  let cluster: RedisCluster
  let url: string
  beforeAll(async () => {
    // Managed clusters tell their nodes by name, and their certificates are made out to names.
    certificates = await makeCertificates(join(folder, 'name'), ['DNS:localhost'])
    cluster = await startRedisCluster({
      masters: 3,
      password: PASSWORD,
      tls: certificates,
      settings: { 'cluster-announce-hostname': 'localhost', 'cluster-preferred-endpoint-type': 'hostname' },
    })
    url = cluster.nodes[0]?.url.replace('127.0.0.1', 'localhost') ?? ''
  })
  afterAll(() => cluster.stop())

  test('serves over TLS by names, with the password on every node', async () => {
    trust(certificates)
    const client = connect(url, { isCluster: true })
    await untilReady(client)
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`)
    await Promise.all(keys.map((key) => client.set(key, key)))
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys)
    expect(client).toBeInstanceOf(Cluster)
    expect((client as Cluster).nodes('master')).toHaveLength(3)
    await pingRedis(client)
  })

  test('that is taken for a single node is told by the name of the setting', async () => {
    trust(certificates)
    await untilReady(connect(url))
    await untilSaid('REDIS_CLUSTER=on')
  })
})

describe('a cluster that is away', () => {
  test('and was never there fails commands at once, instead of holding them back', async () => {
    const client = connect(`redis://127.0.0.1:${await findFreePort()}`, { isCluster: true })
    const startedAt = performance.now()
    await expect(client.get('key')).rejects.toThrow()
    await expect(pingRedis(client)).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(900)
  })

  test('since it takes connections and says nothing, fails them at once too', async () => {
    const sockets: Socket[] = []
    const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const client = connect(`redis://127.0.0.1:${(mute.address() as AddressInfo).port}`, { isCluster: true })
    await once(mute, 'connection')
    const startedAt = performance.now()
    await expect(client.get('key')).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(900)
    for (const socket of sockets) socket.destroy()
    mute.close()
  })

  test('since it is a single node, says so', async () => {
    const server = await startRedis({ port: await findFreePort() })
    connect(server.url, { isCluster: true })
    await untilSaid('cluster support disabled')
    await server.stop()
  })
})
