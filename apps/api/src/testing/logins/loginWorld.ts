import { enqueueNotice } from '../../modules/identity/notices/enqueueNotice.ts'
import { confirmLogins } from '../confirmLogins.ts'
import { createTestApi, type TestApi } from '../createTestApi.ts'
import { createUser } from '../createUser.ts'
import { mailedToken } from '../mailedLink.ts'
import { RedisUnderTest } from '../sessions/redisUnderTest.ts'
import { setPassword } from '../setPassword.ts'
import { fromClient } from '../signIn.ts'
import { ApiUnderTest } from './apiUnderTest.ts'
import { type Knowledge, LoginCaller, PROVIDER } from './loginCaller.ts'
import type { Deed, KnownToken } from './deed.ts'
import { LoginLedger } from './loginLedger.ts'
import { ACCOUNTS, type Act, type Step, type TokenPick } from './loginSteps.ts'

const PASSWORD = 'a quiet morning by the sea'

/** A person with devices and thieves, two processes of the API over the same stores, and what may happen to all of them. */
export class LoginWorld {
  /** Has the stores, the mailbox and the worker; is asked for nothing else. */
  readonly #root: TestApi
  readonly #redis: RedisUnderTest
  readonly #processes: ApiUnderTest[]
  readonly #passwordHash: string
  #people = 0
  #userId = ''
  #ledger = new LoginLedger()
  #known!: Knowledge
  #caller!: LoginCaller

  private constructor(root: TestApi, redis: RedisUnderTest, processes: ApiUnderTest[], passwordHash: string) {
    this.#root = root
    this.#redis = redis
    this.#processes = processes
    this.#passwordHash = passwordHash
  }

  static async open(redisUrl: string): Promise<LoginWorld> {
    const redis = await RedisUnderTest.open(redisUrl)
    const root = await createTestApi({ env: { REDIS_URL: redis.url } })
    const processes = [await ApiUnderTest.start(root), await ApiUnderTest.start(root)]
    const { email } = await createUser(root)
    const hash = await setPassword((processes[0] as ApiUnderTest).api, { email, password: PASSWORD })
    return new LoginWorld(root, redis, processes, hash)
  }

  async close(): Promise<void> {
    for (const process of this.#processes) await process.close()
    await this.#root.close()
    await this.#redis.close()
  }

  /** Runs the history of a new person, and after every step holds every token against what was answered so far. */
  async run(steps: readonly Step[]): Promise<void> {
    await this.#begin()
    for (const step of steps) {
      await this.#take(step)
      await this.#useAll(this.#processes)
    }
  }

  async #begin(): Promise<void> {
    await this.#bringRedisBack()
    await this.#redis.empty()
    this.#root.mailbox.clear()
    await this.#root.sql('delete from graphile_worker._private_jobs')
    this.#people += 1
    const { userId, email, token } = await createUser(this.#root)
    await this.#root.sql('update users set password_hash = ? where id = ?', [this.#passwordHash, userId])
    await confirmLogins(this.#root, userId)
    this.#userId = userId
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => `subject-${this.#people}-${index}`)
    for (const account of accounts)
      await this.#root.sql(
        "insert into accounts (provider, provider_account_id, user_id, type) values (?, ?, ?, 'oidc')",
        [PROVIDER, account, userId],
      )
    this.#ledger = new LoginLedger()
    const since = { passwordSince: 0, emailSince: 0 }
    this.#known = {
      ...since,
      email,
      password: PASSWORD,
      old: { password: 'never the password', passwordSince: -1 },
      clientAddress: `10.1.${this.#people >> 8}.${this.#people & 255}`,
      resetLinks: [],
      emailLinks: [],
      notMeLinks: [],
      accounts,
    }
    this.#caller = new LoginCaller(this.#ledger, this.#known, () => this.#now)
    const began = this.#ledger.start('what was before', {})
    this.#ledger.finish(began, 'done')
    const [row] = await this.#root.sql<{ id: string }>('select id from logins where user_id = ?', [userId])
    const ground = { ...since, email, password: PASSWORD }
    const login = { id: row?.id ?? null, ground, began, createdAt: this.#now, usedAt: this.#now }
    this.#ledger.add(token, login, 0)
  }

  async #take(step: Step): Promise<void> {
    await this.#getLinks(actsOf(step))
    switch (step.kind) {
      case 'act':
        return this.#caller.act(this.#process(step.process).api, step.act)?.answered
      case 'together':
        await Promise.all(
          step.acts.flatMap(
            ({ process, act }) => this.#caller.act(this.#process(process).api, act)?.answered ?? [],
          ),
        )
        return
      case 'race':
        return this.#race(step)
      case 'askForReset':
        return this.#askForReset(step.process)
      case 'askForEmailChange':
        return this.#askForEmailChange(step.process, step.by)
      case 'restart':
        return this.#process(step.process).restart()
      case 'timePasses':
        this.#root.clock.advance(step.milliseconds)
        return
      case 'redisEmptied':
        return this.#redis.empty()
      case 'redisAway':
        return this.#redis.takeAway(this.#clients)
      case 'redisBack':
        return this.#bringRedisBack()
    }
  }

  async #race(step: Extract<Step, { kind: 'race' }>): Promise<void> {
    const { process, act, point, meanwhile, isCutOff, isOneToken } = step
    const [slow, other] = [this.#process(process), this.#process(1 - process)]
    slow.api.statements.length = 0
    const hold = slow.line.holdAt(point)
    const held = this.#caller.act(slow.api, act, { mayFail: isCutOff })
    const underWay = held ? [held.answered] : []
    let isHeld: boolean | undefined
    try {
      isHeld = await Promise.race([hold.reached.then(() => true), held?.answered.then(() => false)])
      if (held && isHeld) {
        this.#noteProof(held.deed, slow.api.statements, point.side)
        underWay.push(...(await this.#doMeanwhile(other, meanwhile, isOneToken ? held.by : null)))
      }
    } finally {
      if (isHeld && isCutOff) slow.line.cut()
      hold.release()
      await Promise.all(underWay)
    }
  }

  /** Whoever read the password before something was asked for stands on what was before it. */
  #noteProof(deed: Deed, statements: readonly string[], side: 'before' | 'after'): void {
    const sent = side === 'before' ? statements.slice(0, -1) : statements
    if (sent.some((sql) => sql.includes('password_hash'))) deed.provenBy = this.#ledger.tick()
  }

  /** One after the other, each until it is answered, or waits in PostgreSQL for what is held. */
  async #doMeanwhile(
    process: ApiUnderTest,
    acts: readonly Act[],
    token: KnownToken | null,
  ): Promise<Promise<void>[]> {
    const waiting: Promise<void>[] = []
    for (const act of acts) {
      const answered = this.#caller.act(process.api, act, { token })?.answered
      if (!answered) continue
      waiting.push(answered)
      let isAnswered = false
      const watched = answered.finally(() => (isAnswered = true))
      while (!isAnswered && !(await this.#isAnybodyLocked()))
        await Promise.race([watched, new Promise((resolve) => setTimeout(resolve, 5))])
      await this.#useAll([process])
    }
    return waiting
  }

  async #isAnybodyLocked(): Promise<boolean> {
    const locked = await this.#root.sql(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return locked.length > 0
  }

  /** Every token and every key that there ever was, through these processes. */
  async #useAll(processes: readonly ApiUnderTest[]): Promise<void> {
    await Promise.all(
      processes.flatMap(({ api }) =>
        this.#ledger.tokens.map(async (token) => {
          const startedAt = this.#ledger.tick()
          const { status } = await api.request('{ me { id } }', {}, { token: token.token })
          this.#ledger.used(token, { startedAt, status, now: this.#now })
        }),
      ),
    )
    const { keys } = this.#ledger
    await Promise.all(
      processes.flatMap(({ api }) =>
        keys.keys.map(async (key) => {
          const startedAt = this.#ledger.tick()
          const { status } = await api.request('{ me { id } }', {}, { token: key.secret })
          keys.used(key, { startedAt, endedAt: this.#ledger.tick(), status })
        }),
      ),
    )
  }

  /** What the acts need that use the newest link: without one they would be refused nearly always. */
  async #getLinks(acts: readonly Act[]): Promise<void> {
    const isUsed = (what: Act['do']) => acts.some((act) => act.do === what && 'link' in act && act.link === 0)
    if (isUsed('resetPassword')) await this.#askForReset(0)
    if (isUsed('confirmEmailChange')) await this.#askForEmailChange(0, { back: 0, isAnyAge: false })
    if (isUsed('reportNotMe')) await this.#sendNotice()
  }

  async #askForReset(process: number): Promise<void> {
    const { email, clientAddress, resetLinks } = this.#known
    const { api } = this.#process(process)
    const headers = fromClient(api, clientAddress)
    await api.request(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      { input: { email } },
      { headers },
    )
    await this.#readMail(email, '/reset-password', (token) => resetLinks.push(token))
  }

  async #askForEmailChange(process: number, by: TokenPick): Promise<void> {
    const { clientAddress, emailLinks } = this.#known
    const { api } = this.#process(process)
    const email = `person-${this.#people}-${emailLinks.length}@example.com`
    const answer = await api.request(
      'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { userErrors { code } } }',
      { input: { newEmail: email } },
      { token: this.#caller.pick(by)?.token ?? null, headers: fromClient(api, clientAddress) },
    )
    if (answer.data)
      await this.#readMail(email, '/confirm-email', (token) => emailLinks.push({ token, email }))
  }

  /** Of something that somebody may say that it was not them; what it tells of is not tried here. */
  async #sendNotice(): Promise<void> {
    const { email, clientAddress, notMeLinks } = this.#known
    await enqueueNotice(this.#root.app.services.orm.em.fork(), {
      ...{ kind: 'DATA_EXPORTED', userId: this.#userId, email, now: this.#root.clock.now() },
      client: { ipAddress: clientAddress, userAgent: null },
      requestId: 'notice',
    })
    await this.#readMail(email, '/security/not-me', (token) => notMeLinks.push({ token, email }))
  }

  async #readMail(email: string, page: string, read: (token: string) => void): Promise<void> {
    // Of what waits, only this is of interest.
    await this.#root.sql(
      "delete from graphile_worker._private_jobs where payload::text ~ 'NEW_DEVICE|API_KEY_'",
    )
    this.#root.mailbox.clear()
    const token = await mailedToken(this.#root, email, page)
    if (token !== '') read(token)
  }

  get #clients() {
    return [this.#root, ...this.#processes.map(({ api }) => api)].map(({ app }) => app.services.redis)
  }

  #bringRedisBack(): Promise<void> {
    return this.#redis.bringBack(this.#clients)
  }

  #process(index: number): ApiUnderTest {
    return this.#processes[index] as ApiUnderTest
  }

  get #now(): number {
    return this.#root.clock.now().getTime()
  }
}

function actsOf(step: Step): readonly Act[] {
  if (step.kind === 'act') return [step.act]
  if (step.kind === 'together') return step.acts.map(({ act }) => act)
  return step.kind === 'race' ? [step.act, ...step.meanwhile] : []
}
