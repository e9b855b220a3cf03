import { Agent } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sendRequest } from '../load/sendRequest.ts'
import type { Program } from '../product/findPrograms.ts'
import { startService, type Service } from '../product/startService.ts'
import type { Restart } from './told.ts'

export interface FaultyProcessOptions extends Program {
  name: string
  env: NodeJS.ProcessEnv
  /** Where it answers; null for a worker. */
  port: number | null
  /** The folder for its logs, one a life. */
  logs: string
  /** Hears of an end that nobody asked for. */
  onDeath: (name: string, how: string) => void
}

const LOOK_MS = 100
const START_TIMEOUT_MS = 60_000
/** What supervisors wait before they start again what ended. */
const RESTART_PAUSE_MS = 500
const WORKER_IS_UP = 'the worker is running'

/** A process of the product that is killed, asked to end and started again. One that ends otherwise is noted, and started again. */
export class FaultyProcess {
  readonly name: string
  readonly port: number | null
  readonly #options: FaultyProcessOptions
  readonly #agent = new Agent({ keepAlive: false })
  #lives = 0
  #service: Service | null = null
  #isAsked = false
  /** As a balancer knows it, who asks ten times a second. */
  isReady = false

  constructor(options: FaultyProcessOptions) {
    this.#options = options
    this.name = options.name
    this.port = options.port
  }

  /** What all its lives have logged. */
  readLogs(): string {
    return Array.from({ length: this.#lives }, (_, life) =>
      readFileSync(this.#logFile(life + 1), 'utf8'),
    ).join('')
  }

  async start(): Promise<void> {
    this.#spawn()
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!(await this.#isUp())) {
      if (Date.now() > deadline) throw new Error(`${this.name} does not start:\n${this.readLogs()}`)
      await delay(LOOK_MS)
    }
    this.isReady = true
  }

  #spawn(): void {
    const { name, command, cwd, env, onDeath } = this.#options
    this.#lives += 1
    this.#isAsked = false
    const service = startService({ name, command, cwd, env, logFile: this.#logFile(this.#lives) })
    this.#service = service
    let isOver = false
    void service.ended.then(async (how) => {
      isOver = true
      if (this.#isAsked) return
      onDeath(name, how)
      await delay(RESTART_PAUSE_MS)
      if (!this.#isAsked) this.#spawn()
    })
    void this.#watch(() => isOver)
  }

  async kill(): Promise<void> {
    this.#isAsked = true
    process.kill(this.#running().pid, 'SIGKILL')
    await this.#running().ended
  }

  /** Lets it stand still, as a machine does that is overloaded or being moved. */
  pause(): void {
    process.kill(this.#running().pid, 'SIGSTOP')
  }

  resume(): void {
    process.kill(this.#running().pid, 'SIGCONT')
  }

  /** Asks it to end, as a platform does before it starts the next version. */
  async askToEnd(): Promise<Restart> {
    const { name, port } = this
    const service = this.#running()
    this.#isAsked = true
    const askedAt = performance.now()
    process.kill(service.pid, 'SIGTERM')
    let saidNotReady = port === null ? null : false
    let how: string | null = null
    const ended = service.ended.then((text) => (how = text))
    while (how === null) {
      const status = port === null ? null : await this.#askReady()
      if (status === 503) saidNotReady = true
      await Promise.race([ended, delay(LOOK_MS / 2)])
    }
    const exit = / ended (?:with |by )([^.\n]+)/.exec(how)?.[1] ?? how
    return { name, tookMs: Math.round(performance.now() - askedAt), exit, saidNotReady }
  }

  async stop(): Promise<void> {
    this.#isAsked = true
    await this.#service?.stop()
  }

  async #watch(isOver: () => boolean): Promise<void> {
    if (this.port === null) return
    while (!isOver()) {
      await delay(LOOK_MS)
      this.isReady = (await this.#askReady()) === 200
    }
    this.isReady = false
  }

  async #isUp(): Promise<boolean> {
    if (this.port === null) return readFileSync(this.#logFile(this.#lives), 'utf8').includes(WORKER_IS_UP)
    return (await this.#askReady()) === 200
  }

  /** The status; 0 when nobody answers. */
  async #askReady(): Promise<number> {
    const url = `http://127.0.0.1:${this.port}/health/ready`
    const answer = await sendRequest({
      url,
      method: 'GET',
      headers: {},
      agent: this.#agent,
      timeoutMs: 3_000,
    })
    return 'status' in answer ? answer.status : 0
  }

  #running(): Service {
    if (!this.#service) throw new Error(`${this.name} was never started`)
    return this.#service
  }

  #logFile(life: number): string {
    return join(this.#options.logs, `${this.name.replace(' ', '-')}.${life}.log`)
  }
}
