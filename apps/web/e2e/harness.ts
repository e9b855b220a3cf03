import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { findFreePort } from '@wellness/embedded/freePort'
import { createApiClient } from '@wellness/api-client'
import type { ApiClient } from '@wellness/api-client'
import { CompleteSignUpDocument, RequestSignUpDocument } from '@wellness/api-client/operations'
import { CLIENT_ADDRESS_HEADER, WEB_API_SECRET_HEADER } from '@wellness/domain/webHeaders'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { startGate } from './gate.ts'
import type { Gate } from './gate.ts'

/** A person with an account, and a login of theirs that no browser has. */
export interface Person {
  email: string
  password: string
  token: string
  api: ApiClient
}

export interface SentMail {
  subject: string
  text: string
  links: string[]
}

/** A web app of a test's own, beside the product's. */
export interface OwnWeb {
  url: string
  port: number
  /** What it wrote to its log so far. */
  log(): string
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Harness {
  webUrl: string
  /** A page in a browser profile of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** A page on which the person is signed in. */
  newPageOf(person: Person, options?: BrowserContextOptions & { webUrl?: string }): Promise<Page>
  newPerson(name?: string): Promise<Person>
  /** One person for the tests of a file that leave no trace on them. */
  sharedPerson(): Promise<Person>
  newAddress(): string
  /** The newest link that was mailed to an address, to this page if one is named, as soon as it is there. */
  waitForLink(email: string, page?: string): Promise<string>
  /** What was mailed to an address so far, oldest first. */
  mailTo(email: string): Promise<SentMail[]>
  /** A gate in front of the API, and a web app that knows the API by it alone. */
  startGatedWeb(): Promise<{ web: OwnWeb; gate: Gate }>
  /** A gate in front of PostgreSQL, and a web app over an API that knows PostgreSQL by it alone. */
  startWebOnGatedDatabase(): Promise<{ web: OwnWeb; gate: Gate }>
  startWeb(env: Record<string, string>): Promise<OwnWeb>
}

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]
const DEFAULTS: BrowserContextOptions = { locale: 'en-GB', timezoneId: 'Europe/Stockholm' }
const DEADLINE_MS = 15_000
const WEB_ENTRY = `${import.meta.dirname}/../build/main.js`
const API_ENTRY = `${import.meta.dirname}/../../api/dist/src/main.js`

/** From one address the API takes only so many sign-ups an hour. */
function addressOfTheirOwn(): string {
  const [, , one, other] = randomUUID().split('-')
  return `2001:db8:${one}:${other}::1`
}

/** The running product and a browser, for one test file. What a test opens is closed after it. */
export function useHarness(): Harness {
  const product = inject('product')
  let browser: Browser
  const contexts: BrowserContext[] = []
  const cleanUps: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: product.chromium, args: CHROMIUM_FLAGS })
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()))
  })
  afterAll(() => browser.close())

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ ...DEFAULTS, ...options })
    context.setDefaultTimeout(DEADLINE_MS)
    contexts.push(context)
    return context.newPage()
  }

  async function mailTo(email: string): Promise<SentMail[]> {
    const response = await fetch(`${product.mailboxUrl.replace(/\/$/, '')}/messages.json`)
    const messages = (await response.json()) as (SentMail & { to: string[] })[]
    return messages.filter(({ to }) => to.includes(email))
  }

  async function waitForLink(email: string, page?: string): Promise<string> {
    const deadline = Date.now() + DEADLINE_MS
    while (Date.now() < deadline) {
      const link = (await mailTo(email))
        .flatMap(({ links }) => links)
        .findLast((text) => page === undefined || new URL(text).pathname === page)
      if (link) return link
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`No mail for ${email} with a link to ${page ?? 'any page'}`)
  }

  let shared: Promise<Person> | undefined
  async function newPerson(name?: string): Promise<Person> {
    const url = `${product.apiUrl}/graphql`
    const [email, password] = [`${randomUUID()}@example.com`, `quiet lamp ${randomUUID()}`]
    const nobody = createApiClient({
      url,
      headers: {
        [WEB_API_SECRET_HEADER]: product.webApiSecret,
        [CLIENT_ADDRESS_HEADER]: addressOfTheirOwn(),
      },
    })
    await nobody.request(RequestSignUpDocument, { input: { email } })
    const signUpToken = new URL(await waitForLink(email)).searchParams.get('token') ?? ''
    const { completeSignUp } = await nobody.request(CompleteSignUpDocument, {
      input: { token: signUpToken, password, name: name ?? null },
    })
    const token = completeSignUp.token ?? ''
    return { email, password, token, api: createApiClient({ url, token }) }
  }

  /** Starts a program of the product, and resolves when it is ready. */
  async function startProcess(entry: string, port: number, env: Record<string, string>): Promise<OwnWeb> {
    const child = spawn(process.execPath, [entry], {
      env: { NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let log = ''
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
    const exited = once(child, 'exit')
    cleanUps.push(async () => {
      child.kill('SIGKILL')
      await exited
    })
    const url = `http://localhost:${port}`
    const deadline = Date.now() + DEADLINE_MS
    while (!(await fetch(`${url}/health/ready`).catch(() => null))?.ok) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${entry} did not start:\n${log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return {
      url,
      port,
      log: () => log,
      async stop(signal = 'SIGTERM') {
        child.kill(signal)
        const [code] = (await exited) as [number | null]
        return code
      },
    }
  }

  async function startWeb(env: Record<string, string>): Promise<OwnWeb> {
    const port = await findFreePort()
    const own = { WEB_PORT: String(port), WEB_API_SECRET: randomUUID() + randomUUID() }
    return startProcess(WEB_ENTRY, port, { ...own, ...env })
  }

  async function startGateTo(target: URL): Promise<Gate> {
    const gate = await startGate({ hostname: target.hostname, port: Number(target.port) })
    cleanUps.push(async () => gate.shut())
    return gate
  }

  return {
    webUrl: product.webUrl,
    newPage,
    waitForLink,
    mailTo,
    startWeb,
    newAddress: () => `${randomUUID()}@example.com`,

    async newPageOf(person, { webUrl = product.webUrl, ...options } = {}) {
      const page = await newPage({ ...options, baseURL: webUrl })
      const response = await page.request.post('/sign-in', {
        form: { email: person.email, password: person.password },
        headers: { origin: webUrl },
        maxRedirects: 0,
      })
      if (response.status() !== 302) throw new Error(`Signing in was answered ${response.status()}`)
      return page
    },

    newPerson,
    sharedPerson: () => (shared ??= newPerson('Anna')),

    async startGatedWeb() {
      const gate = await startGateTo(new URL(product.apiUrl))
      return { gate, web: await startWeb({ API_URL: `http://127.0.0.1:${gate.port}` }) }
    },

    async startWebOnGatedDatabase() {
      const address = new URL(product.databaseUrl)
      const gate = await startGateTo(address)
      address.port = String(gate.port)
      const port = await findFreePort()
      const secrets = {
        AUTH_SECRET: randomUUID() + randomUUID(),
        WEB_API_SECRET: randomUUID() + randomUUID(),
      }
      await startProcess(API_ENTRY, port, {
        ...secrets,
        API_PORT: String(port),
        DATABASE_URL: address.href,
        REDIS_URL: product.redisUrl,
        SMTP_URL: 'smtp://127.0.0.1:25',
      })
      const { WEB_API_SECRET } = secrets
      return { gate, web: await startWeb({ API_URL: `http://127.0.0.1:${port}`, WEB_API_SECRET }) }
    },
  }
}
