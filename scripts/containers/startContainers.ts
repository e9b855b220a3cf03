import { chownSync, lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Mailbox, startMailbox } from '@wellness/embedded/mailbox'
import { startPostgres } from '@wellness/embedded/postgres'
import { startRedis } from '@wellness/embedded/redis'
import { runToEnd } from '../product/runToEnd.ts'
import { startService } from '../product/startService.ts'
import type { Image } from './buildImage.ts'
import { type ComposeService, readCompose } from './readCompose.ts'
import type { RootCommand, RootFolder } from './rootFolder.ts'

export interface Containers {
  apiUrl: string
  webUrl: string
  mailbox: Mailbox
  /** How each process ended that was asked to, by its name. */
  stop(): Promise<Record<string, string>>
}

/**
 * Runs the services of docker-compose.yml that are built here, by their own commands and with their own environment, over a
 * PostgreSQL, a Redis and a mailbox of this machine. What they write to must be a volume or /tmp.
 */
export async function startContainers(
  composeText: string,
  images: Record<string, Image>,
  { folder, rootFolder }: { folder: string; rootFolder: RootFolder },
): Promise<Containers> {
  const started = new AsyncDisposableStack()
  try {
    const postgres = await startPostgres({
      dataDir: join(folder, 'postgres'),
      port: await findFreePort(),
      durable: false,
    })
    started.defer(() => postgres.stop())
    const redis = await startRedis({ port: await findFreePort() })
    started.defer(() => redis.stop())
    const mailbox = await startMailbox({ smtpPort: await findFreePort(), httpPort: await findFreePort() })
    started.defer(() => mailbox.stop())
    const [apiPort, workerPort, webPort] = [await findFreePort(), await findFreePort(), await findFreePort()]

    // There is no network of its own for them: where they would meet is on this machine.
    const places: [string, string][] = [
      ['postgresql://wellness:wellness@postgres:5432/wellness', postgres.url],
      ['redis://redis:6379', redis.url],
      ['smtp://mailbox:1025', mailbox.smtpUrl],
      ['http://api:4000', `http://127.0.0.1:${apiPort}`],
      ['127.0.0.1:4000', `127.0.0.1:${apiPort}`],
      ['127.0.0.1:4001', `127.0.0.1:${workerPort}`],
      ['127.0.0.1:3000', `127.0.0.1:${webPort}`],
      ['0.0.0.0', '127.0.0.1'],
    ]
    const here = (text: string): string =>
      places.reduce((moved, [from, to]) => moved.replaceAll(from, to), text)
    const { services } = readCompose(composeText, { WEB_PORT: String(webPort), API_PORT: String(apiPort) })
    const get = (name: string): ComposeService => {
      const service = services[name]
      if (!service) throw new Error(`docker-compose.yml has no ${name}`)
      return service
    }
    const inside = (name: string, command?: string[]): RootCommand & { cwd: string } => {
      const service = get(name)
      const image = images[service.build?.target ?? '']
      if (!image) throw new Error(`${name} is not built here`)
      const env: NodeJS.ProcessEnv = { ...image.env }
      for (const [key, value] of Object.entries(service.environment ?? {})) env[key] = here(String(value))
      if (env['API_PORT']) env['API_PORT'] = String(apiPort)
      if (env['WORKER_PORT']) env['WORKER_PORT'] = String(workerPort)
      if (env['WEB_PORT']) env['WEB_PORT'] = String(webPort)
      const mounts = (service.volumes ?? []).map((volume) => {
        const [source = '', target = '', mode] = volume.split(':')
        return { source: provideVolume(folder, source, image, target), target, isReadOnly: mode === 'ro' }
      })
      const options = { ...image, env, mounts, isReadOnly: service.read_only === true }
      const run = (command ?? service.command ?? image.command).map(here)
      return { ...rootFolder.command(options, run), cwd: '/' }
    }

    await runToEnd({ name: 'secrets', ...inside('secrets') })
    await runToEnd({ name: 'migrate', ...inside('migrate') })
    const running = ['api', 'worker', 'web'].map((name) => {
      const service = startService({ name, ...inside(name), logFile: join(folder, `${name}.log`) })
      started.defer(() => service.stop())
      return { name, service }
    })
    const signal = new AbortController().signal
    const [api, worker, web] = running
    await api?.service.waitUntilReady(`http://127.0.0.1:${apiPort}/health/ready`, signal)
    await worker?.service.waitUntilReady(`http://127.0.0.1:${workerPort}/health/ready`, signal)
    await web?.service.waitUntilReady(`http://127.0.0.1:${webPort}/health/live`, signal)
    for (const { name } of running) {
      const isReadOnly = ['/bin/sh', '-c', "grep -q '^[^ ]* / [^ ]* ro,' /proc/self/mounts"]
      await runToEnd({ name: `A read-only root for ${name}`, ...inside(name, isReadOnly) })
      const [, ...test] = get(name).healthcheck?.test ?? []
      if (test.length > 0) await runToEnd({ name: `the health check of ${name}`, ...inside(name, test) })
    }
    return {
      apiUrl: `http://127.0.0.1:${apiPort}`,
      webUrl: `http://localhost:${webPort}`,
      mailbox,
      async stop() {
        const ends: Record<string, string> = {}
        for (const { name, service } of running) {
          await service.stop()
          ends[name] = (await service.ended).split('\n').at(-1) ?? ''
        }
        await started.disposeAsync()
        return ends
      },
    }
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

/** A volume is made as the folder of the image is that it is mounted over, owner and all. */
function provideVolume(folder: string, name: string, image: Image, target: string): string {
  const volume = join(folder, 'volumes', name)
  mkdirSync(volume, { recursive: true })
  const place = lstatSync(join(image.root, target), { throwIfNoEntry: false })
  if (place) chownSync(volume, place.uid, place.gid)
  return volume
}
