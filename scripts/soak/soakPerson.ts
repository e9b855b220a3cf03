import { randomUUID } from 'node:crypto'
import type { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiCaller } from '../load/apiCaller.ts'
import type { Person } from '../load/makePeople.ts'
import {
  operations,
  type BeatAnswer,
  type EndAnswer,
  type PageAnswer,
  type SignInAnswer,
  type StartAnswer,
} from '../load/operations.ts'
import { sendRequest } from '../load/sendRequest.ts'
import type { SoakTally } from './soakTally.ts'

export interface SoakParts {
  caller: ApiCaller
  webUrl: string
  /** The public address that the web app answers to; asked for by another, it sends to this one. */
  webHost: string
  agent: Agent
  tally: SoakTally
  isOver: () => boolean
}

const THINK_MS = { least: 250, most: 750 }
/** They come one by one: of many who sign in at the same moment, the API tells some to come back later. */
const ARRIVAL_MS = 20_000
const VISITS_PER_LOGIN = 4
const BEATS = 4
const PAGE_TIMEOUT_MS = 10_000
const PATHS = ['/today', '/history']

/** A person who signs in, looks around, practises, looks at the history, and after some visits signs out. */
export async function soakPerson(person: Person, parts: SoakParts): Promise<void> {
  const { caller, tally, isOver } = parts
  let token = ''

  async function call<Data>(
    name: keyof SoakTally & string,
    query: string,
    variables: object,
  ): Promise<Data | null> {
    await delay(THINK_MS.least + Math.random() * (THINK_MS.most - THINK_MS.least))
    const options = { address: person.address, ...(token === '' ? {} : { token }) }
    const reply = await caller.call<Data>(query, variables, options)
    if ('failure' in reply) {
      tally.failures.push(`${name}: ${reply.failure} ${reply.detail}`)
      return null
    }
    if (name !== 'failures') tally[name] += 1
    return reply.data
  }
  async function look(path: string): Promise<void> {
    const answer = await sendRequest({
      url: `${parts.webUrl}${path}`,
      method: 'GET',
      headers: { host: parts.webHost, cookie: `login=${token}` },
      agent: parts.agent,
      timeoutMs: PAGE_TIMEOUT_MS,
    })
    if ('status' in answer && answer.status === 200) tally.pages += 1
    else tally.failures.push(`${path}: ${'failure' in answer ? answer.failure : answer.status}`)
  }
  async function visit(): Promise<void> {
    await call('reads', operations.me, {})
    const clientSessionId = randomUUID()
    const started = await call<StartAnswer>('starts', operations.start, { input: { clientSessionId } })
    const id = started?.startSession.session?.id
    for (const path of PATHS) await look(path)
    for (let beat = 0; beat < BEATS; beat += 1) {
      await call<BeatAnswer>('beats', operations.beat, { input: { id } })
      await call('reads', operations.me, {})
    }
    await call<EndAnswer>('ends', operations.end, { input: { id } })
    const first = await call<PageAnswer>('reads', operations.page, { after: null })
    const { hasNextPage = false, endCursor = null } = first?.me.sessions.pageInfo ?? {}
    if (hasNextPage) await call<PageAnswer>('reads', operations.page, { after: endCursor })
  }

  await delay(Math.random() * ARRIVAL_MS)
  while (!isOver()) {
    const input = { email: person.email, password: person.password }
    const signedIn = await call<SignInAnswer>('signIns', operations.signIn, { input })
    token = signedIn?.signIn.token ?? ''
    if (token === '') throw new Error(`A person could not sign in: ${tally.failures.at(-1)}`)
    for (let visits = 0; visits < VISITS_PER_LOGIN && !isOver(); visits += 1) await visit()
    await call('signOuts', operations.signOut, {})
    token = ''
  }
}
