import { publicId } from '@wellness/domain/publicId'
import type { Account } from './account.ts'
import type { Command } from './command.ts'
import { KNOWN_ZONES } from './fieldValues.ts'
import { hashToken } from './hashToken.ts'
import { makeKeySecret } from './makeKeySecret.ts'
import { marks } from './marks.ts'
import type { PlaceholderValues } from './placeholders.ts'

/** An API key whose secret the run has. */
export interface KnownKey {
  secret: string
  scopes: readonly string[]
}

export interface SessionState {
  id: string
  startedAt: string
  endedAt: string | null
  durationSeconds: number | null
  status: string
  timeZone: string
  /** As it must be stored; undefined where the answer did not tell which of several starts it was. */
  clientSessionId: string | null | undefined
}

/** What somebody sees of themselves. */
export interface Sight {
  id: string
  name: string | null
  sessions: SessionState[]
  cursor: string
}

const NAME_MAX = 255
/** How old what was just done may be when it is looked at: the machine is busy. */
const JUST_NOW_MS = 60_000
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** One person in whose name requests are made, and what the accepted ones must have left behind. */
export class Actor {
  /** Apart from the others: of two who wish for one address, nobody could tell who has the link. */
  readonly #key: number
  #wishes = 0
  sessions = new Map<string, SessionState>()
  /** For looking only: never sent by what is generated. */
  observer = ''
  readonly liveTokens = new Set<string>()
  readonly endedTokens: string[] = []
  /** By their ids, as they are stored. */
  readonly keys = new Map<string, KnownKey>()
  readonly endedKeys: KnownKey[] = []
  /** Logins that nobody proved themselves for. */
  readonly unprovenTokens = new Set<string>()
  /** Of what the client calls a session: each starts one once. */
  readonly #clientSessionIds = new Set<string>()
  name: string | null = null
  userId = ''
  cursor = ''
  /** As it is stored now; null for who deleted it. */
  account: Account | null = null
  /** Null when it is useless, or nothing that fits into every request. */
  password: string | null = null
  /** The address that an account of a provider was linked by. */
  linkedEmail = ''
  /** Every address that was theirs, the present one last. */
  readonly addresses: string[] = []
  deviceToken = ''

  constructor(key: number) {
    this.#key = key
  }

  /** Somebody new takes the place of who was deleted. */
  begin({
    email,
    userId,
    account,
    password,
  }: {
    email: string
    userId: string
    account: Account
    password: string
  }): void {
    this.account = account
    this.password = password
    this.userId = publicId.from('user', userId)
    this.linkedEmail = email
    this.addresses.splice(0, Infinity, email)
    this.deviceToken = ''
    this.keys.clear()
    this.sessions = new Map()
  }

  /** The id as it is stored. */
  get storedId(): string {
    return publicId.parse('user', this.userId) ?? ''
  }

  get email(): string {
    return this.account?.email ?? ''
  }

  /** The login that requests bear now. */
  get token(): string {
    const [token = ''] = this.liveTokens
    return token
  }

  get live(): SessionState | undefined {
    return [...this.sessions.values()].find(({ endedAt }) => endedAt === null)
  }

  /** Addresses that this one alone asks for. */
  get wishedEmail(): string {
    return `${this.wishedEmails}${this.#wishes}@${marks.mailDomain}`
  }

  get wishedEmails(): string {
    return `moved-${this.#key}-`
  }

  wish(): void {
    this.#wishes += 1
  }

  placeholders(): Pick<
    PlaceholderValues,
    | 'ownLive'
    | 'ownOver'
    | 'ownUser'
    | 'ownEmail'
    | 'ownCursor'
    | 'ownToken'
    | 'endedToken'
    | 'ownPassword'
    | 'ownLogin'
    | 'otherLogin'
    | 'ownAccount'
    | 'wishedEmail'
    | 'ownDevice'
    | 'ownKey'
    | 'ownKeySecret'
    | 'readerSecret'
    | 'endedKeySecret'
  > {
    const over = [...this.sessions.values()].find(({ endedAt }) => endedAt !== null)
    const loginOf = (token: string): string => {
      const id = this.account?.logins.get(hashToken(token))
      return id === undefined ? '' : publicId.from('login', id)
    }
    return {
      ownLive: this.live?.id ?? over?.id ?? '',
      ownOver: over?.id ?? '',
      ownUser: this.userId,
      ownEmail: this.email,
      ownCursor: this.cursor,
      ownToken: this.token,
      endedToken: this.endedTokens.at(-1) ?? 'A'.repeat(43),
      ownPassword: this.password ?? '',
      ownLogin: loginOf(this.token),
      otherLogin: loginOf([...this.liveTokens].at(-1) ?? ''),
      ownAccount: this.linkedEmail,
      wishedEmail: this.wishedEmail,
      ownDevice: this.deviceToken,
      ownKey: publicId.from('key', [...this.keys.keys()].at(-1) ?? this.storedId),
      ownKeySecret: this.findKey(true)?.secret ?? '',
      readerSecret: this.findKey(false)?.secret ?? '',
      endedKeySecret: this.endedKeys.at(-1)?.secret ?? makeKeySecret(),
    }
  }

  /** One of the keys that live: with every scope, or that may read a profile. */
  findKey(mayWrite: boolean): KnownKey | undefined {
    return [...this.keys.values()].find(({ scopes }) => scopes.includes('SESSIONS_WRITE') === mayWrite)
  }

  /** Takes over what is stored now. @param issued the token of a login that the answer gave. */
  follow(account: Account | null, issued: string | null): void {
    this.account = account
    const lives = (token: string): boolean => account?.logins.has(hashToken(token)) ?? false
    for (const token of this.liveTokens)
      if (!lives(token) && this.liveTokens.delete(token)) this.endedTokens.push(token)
    if (issued !== null && lives(issued)) this.liveTokens.add(issued)
    for (const [id, key] of this.keys)
      if (!account?.keys.includes(id) && this.keys.delete(id)) this.endedKeys.push(key)
    if (!lives(this.observer)) this.observer = ''
    if (account && account.email !== this.addresses.at(-1)) this.addresses.push(account.email)
    if (account?.passwordHash === null) this.password = null
  }

  /**
   * Takes over what is seen now, if all that changed was to change, and all that was to change did.
   *
   * @returns what did not happen as it should, or happened though it should not: in words that name no one of them.
   */
  reconcile(sight: Sight, commands: readonly Command[]): string[] {
    return [...this.#reconcileName(sight, commands), ...this.#reconcileSessions(sight, commands)]
  }

  #reconcileName(sight: Sight, commands: readonly Command[]): string[] {
    let expected = this.name
    for (const { field, input } of commands) {
      if (field !== 'updateProfile' || input['name'] === undefined) continue
      const name = input['name'] === null ? null : normalise(String(input['name']))
      if (name !== undefined) expected = name
    }
    this.name = sight.name
    return sight.name === expected ? [] : ['the name is not the one that was accepted']
  }

  #reconcileSessions(sight: Sight, commands: readonly Command[]): string[] {
    const problems: string[] = []
    const starts = commands.filter(({ field }) => field === 'startSession')
    const endedIds = new Set(
      commands.filter(({ field }) => field === 'endSession').map(({ input }) => input['id']),
    )
    const liveBefore = this.live
    for (const seen of sight.sessions) {
      const known = this.sessions.get(seen.id)
      if (!known) {
        const start = starts.find(({ input }) => (input['timeZone'] ?? 'UTC') === seen.timeZone)
        // A zone that the web app does not know becomes UTC.
        const byForm = starts.find(({ payload }) => payload === null && seen.timeZone === 'UTC')
        if (!start && !byForm) problems.push('a session was started by no request')
        if (!isJustNow(seen.startedAt))
          problems.push('a session started at another time than it was asked for')
        const given = starts.length === 1 ? starts[0]?.input['clientSessionId'] : undefined
        const clientSessionId =
          starts.length > 1 ? undefined : typeof given === 'string' ? given.toLowerCase() : null
        this.sessions.set(seen.id, { ...seen, clientSessionId })
        continue
      }
      if (known.endedAt === null && seen.endedAt !== null && !endedIds.has(seen.id))
        problems.push('a session was ended by no request')
      if (known.endedAt === null && seen.endedAt !== null) problems.push(...judgeEnd(seen, seen.endedAt))
      if (known.endedAt !== null && seen.endedAt !== known.endedAt)
        problems.push('the end of a session moved')
      if (seen.startedAt !== known.startedAt) problems.push('the start of a session moved')
      this.sessions.set(seen.id, { ...seen, clientSessionId: known.clientSessionId })
    }
    const isSureToEnd = commands.some(
      ({ field, input, isSure }) =>
        field === 'endSession' && input['id'] === liveBefore?.id && isSure !== false,
    )
    if (liveBefore && isSureToEnd && this.sessions.get(liveBefore.id)?.endedAt === null)
      problems.push('a session was to end and is live')
    const isSureToStart = starts.some(
      ({ input: { timeZone: zone, clientSessionId: id } }) =>
        (zone == null || KNOWN_ZONES.includes(String(zone))) &&
        (id == null || (UUID.test(String(id)) && !this.#clientSessionIds.has(String(id).toLowerCase()))),
    )
    if (isSureToStart && !liveBefore && endedIds.size === 0 && !this.live)
      problems.push('a session was to start and none is live')
    for (const { input } of starts) this.#clientSessionIds.add(String(input['clientSessionId']).toLowerCase())
    return problems
  }
}

function judgeEnd({ startedAt, status, durationSeconds }: SessionState, endedAt: string): string[] {
  const seconds = Math.floor((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)
  return [
    ...(isJustNow(endedAt) ? [] : ['a session ended at another time than it was asked for']),
    ...(durationSeconds === seconds && status === 'COMPLETED'
      ? []
      : ['a session did not last from its start to its end']),
  ]
}

function isJustNow(time: string): boolean {
  const age = Date.now() - Date.parse(time)
  return age >= 0 && age < JUST_NOW_MS
}

/** The name as it must be stored; undefined for what must be refused. */
function normalise(text: string): string | null | undefined {
  const name = text.trim().normalize('NFC')
  if ([...name].length > NAME_MAX || /\p{Cc}/u.test(name) || !name.isWellFormed()) return undefined
  return name || null
}
