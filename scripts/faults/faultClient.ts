import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { publicId } from '@wellness/domain/publicId'
import type { ApiCaller, Reply } from '../load/apiCaller.ts'
import type { Person } from '../load/makePeople.ts'
import {
  operations,
  type BeatAnswer,
  type EndAnswer,
  type LiveAnswer,
  type SignInAnswer,
  type StartAnswer,
  type ToldSession,
} from '../load/operations.ts'
import type { Act, MailWish, ToldState } from './told.ts'

const RETRY_PAUSE_MS = 300

type Answered = NonNullable<Act['answer']>

/** One person's device: does what it is told until there is an answer, and notes every try and what was told. */
export class FaultClient {
  readonly person: Person
  readonly #caller: ApiCaller
  readonly #acts: Act[]
  readonly #signal: AbortSignal
  #token = ''
  /** The session that it is in, as far as it knows. */
  session: ToldState | null = null

  constructor(person: Person, parts: { caller: ApiCaller; acts: Act[]; signal: AbortSignal }) {
    this.person = person
    this.#caller = parts.caller
    this.#acts = parts.acts
    this.#signal = parts.signal
  }

  get token(): string {
    return this.#token
  }

  /** On a device that nobody knows yet, which the person is told of by mail. */
  async signIn(wishes: MailWish[]): Promise<void> {
    const { email, password, address } = this.person
    while (this.#token === '') {
      this.#signal.throwIfAborted()
      const input = { email, password }
      const sentAt = Date.now()
      const reply = await this.#caller.call<SignInAnswer>(operations.signIn, { input }, { address })
      if ('data' in reply && reply.data.signIn.token !== null) {
        this.#token = reply.data.signIn.token
        const { requestId } = reply
        const attempt = { sentAt, settledAt: Date.now(), requestId, failure: null, detail: '' }
        wishes.push({ email, attempts: [attempt] })
      } else await delay(RETRY_PAUSE_MS)
    }
  }

  /** @param copies so many requests at once, as by a client that did not wait for the first one. */
  async start(copies = 1): Promise<void> {
    const clientSessionId = randomUUID()
    const input = { clientSessionId, timeZone: 'Europe/Stockholm' }
    await this.#together(copies, { kind: 'start', sessionId: null, clientSessionId }, async () => {
      const reply = await this.#call<StartAnswer>(operations.start, { input })
      return read(reply, ({ startSession }) => startSession)
    })
  }

  async beat(): Promise<void> {
    const { id } = this.#required()
    const input = { id: publicId.from('session', id) }
    await this.#together(1, { kind: 'beat', sessionId: id, clientSessionId: null }, async () => {
      const reply = await this.#call<BeatAnswer>(operations.beat, { input })
      return read(reply, ({ refreshSession }) => ({ ...refreshSession, alreadyLive: false }))
    })
  }

  async end(copies = 1): Promise<void> {
    const { id } = this.#required()
    const input = { id: publicId.from('session', id) }
    await this.#together(copies, { kind: 'end', sessionId: id, clientSessionId: null }, async () => {
      const reply = await this.#call<EndAnswer>(operations.end, { input })
      return read(reply, ({ endSession }) => ({ ...endSession, alreadyLive: false }))
    })
  }

  async readLive(): Promise<void> {
    await this.#together(1, { kind: 'read', sessionId: null, clientSessionId: null }, async () => {
      const reply = await this.#call<LiveAnswer>(operations.live, {})
      return read(reply, ({ me }) => ({ session: me.liveSession, alreadyLive: false, userErrors: [] }))
    })
  }

  async #together(
    copies: number,
    act: Pick<Act, 'kind' | 'sessionId' | 'clientSessionId'>,
    once: () => Promise<Pick<Act, 'answer' | 'failure' | 'detail'>>,
  ): Promise<void> {
    const answers = await Promise.all(Array.from({ length: copies }, () => this.#untilAnswered(act, once)))
    this.session = answers[0]?.session ?? null
  }

  async #untilAnswered(
    act: Pick<Act, 'kind' | 'sessionId' | 'clientSessionId'>,
    once: () => Promise<Pick<Act, 'answer' | 'failure' | 'detail'>>,
  ): Promise<Answered> {
    for (;;) {
      this.#signal.throwIfAborted()
      const sentAt = Date.now()
      const outcome = await once()
      this.#acts.push({ ...act, ...outcome, userId: this.person.userId, sentAt, settledAt: Date.now() })
      if (outcome.answer) return outcome.answer
      await delay(RETRY_PAUSE_MS)
    }
  }

  #call<Data>(query: string, variables: object): Promise<Reply<Data>> {
    return this.#caller.call<Data>(query, variables, { token: this.#token, address: this.person.address })
  }

  #required(): ToldState {
    if (!this.session) throw new Error('A client without a session was told to act on it')
    return this.session
  }
}

interface Payload {
  session: ToldSession | null
  alreadyLive: boolean
  userErrors: { code: string }[]
}

function read<Data>(
  reply: Reply<Data>,
  pick: (data: Data) => Payload,
): Pick<Act, 'answer' | 'failure' | 'detail'> {
  if ('failure' in reply) return { answer: null, ...reply }
  const { session, alreadyLive, userErrors } = pick(reply.data)
  const answer = { session: session && toState(session), alreadyLive, code: userErrors[0]?.code ?? null }
  return { answer, failure: null, detail: null }
}

function toState({ id, status, startedAt, endedAt, durationSeconds }: ToldSession): ToldState {
  return {
    id: publicId.parse('session', id) ?? id,
    status,
    startedAt: Date.parse(startedAt),
    endedAt: endedAt === null ? null : Date.parse(endedAt),
    durationSeconds,
  }
}
