import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { expect } from 'vitest'
import { opaqueToken } from '../../platform/crypto/opaqueToken.ts'
import type { TestApi } from '../createTestApi.ts'
import type { GraphQLAnswer } from '../postDocument.ts'
import { fromClient } from '../signIn.ts'
import type { Deed, Ending, Ground, KnownLogin, KnownToken } from './deed.ts'
import type { LoginLedger } from './loginLedger.ts'
import type { Act, TokenPick } from './loginSteps.ts'

/** What a person, and whoever got hold of something of theirs, knows. */
export interface Knowledge extends Ground {
  /** What the password was before, if it ever was another. */
  old: Pick<Ground, 'password' | 'passwordSince'>
  clientAddress: string
  resetLinks: string[]
  /** With the address that each leads to. */
  emailLinks: MailedLink[]
  notMeLinks: MailedLink[]
  /** Ids at the sign-in provider. */
  accounts: readonly string[]
}

export interface MailedLink {
  token: string
  email: string
}

export const PROVIDER = 'example'

/** Calls a process as a person does, and holds the answers against what is known. */
export class LoginCaller {
  readonly #ledger: LoginLedger
  readonly #known: Knowledge
  readonly #now: () => number
  #passwords = 0

  constructor(ledger: LoginLedger, known: Knowledge, now: () => number) {
    this.#ledger = ledger
    this.#known = known
    this.#now = now
  }

  /**
   * Begins an act; null when there is nothing to do it with.
   *
   * @param mayFail whether an answer may be lost on its way.
   * @param token the token that it comes with, if it comes with one, instead of the one that it names.
   */
  act(
    api: TestApi,
    act: Act,
    { mayFail = false, token = null }: { mayFail?: boolean; token?: KnownToken | null } = {},
  ): { deed: Deed; answered: Promise<void>; by: KnownToken | null } | null {
    const by = 'by' in act && act.by ? (token ?? this.pick(act.by)) : null
    if ('by' in act && act.by && !by) return null
    const call = this.#compose(act, by)
    if (!call) return null
    const deed = this.#ledger.start(
      `${act.do} by ${by ? this.#ledger.tokens.indexOf(by) : 'nobody'}`,
      call.ending,
    )
    return { deed, by, answered: this.#send(api, { act, by, call, deed, mayFail }) }
  }

  pick({ back, isAnyAge }: TokenPick): KnownToken | null {
    const { tokens } = this.#ledger
    const now = this.#now()
    const picked = isAnyAge
      ? tokens
      : tokens.filter((token) => this.#ledger.whyOver(token, Infinity, now) === undefined)
    return picked.at(-1 - (back % picked.length)) ?? null
  }

  #compose(act: Act, by: KnownToken | null): Call | null {
    const { password, passwordSince, old, email, emailSince, resetLinks, emailLinks, notMeLinks } =
      this.#known
    switch (act.do) {
      case 'signIn': {
        const isOld = act.isPasswordOld || password === null
        const ground = { email, emailSince, ...(isOld ? old : { password, passwordSince }) }
        const input = { email, password: ground.password }
        return { ...call(act.do, input, by ? { login: by.login } : {}, 'token'), ground }
      }
      case 'use':
        return { document: 'query { me { id } }', variables: {}, ending: {} }
      case 'confirmIdentity':
        return password === null ? null : call(act.do, { password }, by ? { token: by } : {}, 'token')
      case 'changePassword': {
        if (password === null) return null
        const newPassword = this.#newPassword()
        const ending: Ending = by
          ? { all: { but: by.login }, token: by, ground: { password: newPassword } }
          : {}
        return call(act.do, { currentPassword: password, newPassword }, ending, 'token')
      }
      case 'resetPassword': {
        const token = resetLinks.at(-1 - act.link)
        const newPassword = this.#newPassword()
        const ending: Ending = { all: { but: null }, keys: 'all', ground: { password: newPassword } }
        return token === undefined ? null : call(act.do, { token, password: newPassword }, ending)
      }
      case 'confirmEmailChange': {
        const wish = emailLinks.at(-1 - act.link)
        if (!wish) return null
        const ending = { all: { but: by?.login ?? null }, ground: { email: wish.email } }
        return call(act.do, { token: wish.token }, ending)
      }
      case 'reportNotMe': {
        const notice = notMeLinks.at(-1 - act.link)
        if (!notice) return null
        const ground = { password: null, email: notice.email }
        const ending: Ending = { all: { but: null }, keys: 'all', ground }
        return call(act.do, { token: notice.token }, ending)
      }
      case 'unlinkAccount': {
        const providerAccountId = this.#known.accounts[act.account]
        return call(act.do, { provider: PROVIDER, providerAccountId }, { all: { but: by?.login ?? null } })
      }
      case 'revokeLogin': {
        const target = this.pick(act.target)
        const id = publicId.from('login', target?.login.id ?? newId())
        return call(act.do, { id }, target ? { login: target.login } : {})
      }
      case 'revokeOtherLogins':
      case 'revokeAllLogins': {
        const { revokeApiKeys } = act
        const all = { but: act.do === 'revokeOtherLogins' ? (by?.login ?? null) : null }
        return {
          document: `mutation ($input: RevokeLoginsInput) { ${act.do}(input: $input) { userErrors { code } } }`,
          variables: { input: { revokeApiKeys } },
          ending: { all, ...(revokeApiKeys && { keys: 'all' as const }) },
        }
      }
      case 'createApiKey':
        return call(act.do, { name: 'key', scopes: ['PROFILE_READ'] }, {}, 'secret apiKey { id }')
      case 'revokeApiKey': {
        const key = this.#ledger.keys.keys.at(-1 - act.back)
        return key ? call(act.do, { id: key.id }, { keys: key }) : null
      }
      case 'signOut':
        return call(act.do, null, by ? { login: by.login } : {})
      case 'deleteUser':
        return call(act.do, { email }, { all: { but: null }, keys: 'all', ground: null })
    }
  }

  async #send(
    api: TestApi,
    { act, by, call: { document, variables, ending, ground }, deed, mayFail }: Sent,
  ): Promise<void> {
    const options = { token: by?.token ?? null, headers: fromClient(api, this.#known.clientAddress) }
    const answer = await api.request<Answered>(document, variables, options)
    const payload = answer.data?.[act.do === 'use' ? 'me' : act.do]
    const outcome = outcomeOf(answer, payload)
    this.#ledger.finish(deed, outcome)
    if (outcome === 'unknown') {
      const requestId = String(answer.errors?.[0]?.extensions['requestId'])
      const logged = api.logLines.filter((line) => line.includes(requestId)).join('')
      expect(mayFail, `${deed.what} failed: ${logged}`).toBe(true)
      return
    }
    if (by) this.#heldAgainst(by, deed, answer.status)
    if (outcome === 'done') {
      this.#learn(deed, ending)
      const { token, secret, apiKey } = payload ?? {}
      if (secret && apiKey && by)
        this.#ledger.keys.add({ id: apiKey.id, secret, made: deed, maker: by.login })
      if (token && ground) await this.#addLogin(api, token, deed, ground)
      else if (token && by) this.#ledger.add(token, by.login, deed.startedAt)
    } else if (act.do === 'signIn') this.#refusedSignIn(act, deed, payload)
  }

  /** A request that may have changed what it was let in with is held to less than a plain use. */
  #heldAgainst(by: KnownToken, deed: Deed, status: number): void {
    const now = this.#now()
    const why = this.#ledger.whyOver(by, deed.startedAt, now)
    if (why !== undefined) expect(status, `${deed.what}, which was over: ${why}`).toBe(401)
    if (status === 401) {
      const isGood = this.#ledger.isAlone(deed) && this.#ledger.isGood(by, now)
      expect(isGood, `${deed.what} was refused, with a token that was not over`).toBe(false)
    } else {
      by.admittedAfter = Math.max(by.admittedAfter, deed.startedAt)
      by.login.usedAt = now
    }
  }

  #learn({ startedAt }: Deed, { ground }: Ending): void {
    const known = this.#known
    if (ground?.password !== undefined) {
      if (known.password !== null)
        known.old = { password: known.password, passwordSince: known.passwordSince }
      Object.assign(known, { password: ground.password, passwordSince: startedAt })
    }
    if (ground?.email !== undefined) Object.assign(known, { email: ground.email, emailSince: startedAt })
  }

  async #addLogin(api: TestApi, token: string, deed: Deed, ground: Ground): Promise<void> {
    const why = this.#ledger.whoEndedGround(ground, deed.startedAt)?.what
    expect(why, 'nobody signs in with what is no more').toBeUndefined()
    const now = this.#now()
    const login: KnownLogin = { id: null, ground, began: deed, createdAt: now, usedAt: now }
    this.#ledger.add(token, login, 0)
    const rows = await api.sql<{ id: string }>('select id from logins where token_hash = ?', [
      opaqueToken.hash(token),
    ])
    login.id = rows[0]?.id ?? null
  }

  #refusedSignIn(act: Extract<Act, { do: 'signIn' }>, deed: Deed, payload: Payload | null | undefined): void {
    const codes = payload?.userErrors?.map(({ code }) => code) ?? []
    const isDue =
      !act.isPasswordOld &&
      this.#known.password !== null &&
      this.#ledger.isAlone(deed) &&
      this.#ledger.isGroundSure() &&
      !this.#ledger.whoEndedGround(this.#known, Infinity) &&
      codes.includes('INVALID_CREDENTIALS')
    expect(isDue, `${deed.what} was refused with the right password`).toBe(false)
  }

  #newPassword(): string {
    this.#passwords += 1
    return `an evening in the high hills, number ${this.#passwords}`
  }
}

/** A request, and what it ends if it is done. */
interface Call {
  document: string
  variables: Record<string, unknown>
  ending: Ending
  /** Of a sign-in. */
  ground?: Ground
}

interface Sent {
  act: Act
  by: KnownToken | null
  call: Call
  deed: Deed
  mayFail: boolean
}

interface Payload {
  token?: string | null
  secret?: string | null
  apiKey?: { id: string } | null
  userErrors?: { code: string }[]
}

type Answered = Record<string, Payload | null> | null

function call(field: string, input: Record<string, unknown> | null, ending: Ending, fields = ''): Call {
  const selection = `${field}${input ? '(input: $input)' : ''} { ${fields} userErrors { code } }`
  const inputType = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  const document = input ? `mutation ($input: ${inputType}!) { ${selection} }` : `mutation { ${selection} }`
  return { document, variables: input ? { input } : {}, ending }
}

function outcomeOf(
  { status, errors }: Pick<GraphQLAnswer<unknown>, 'status' | 'errors'>,
  payload: Payload | null | undefined,
): Deed['outcome'] {
  const isRefused = status === 401 || errors?.every(({ extensions }) => extensions.code === 'UNAUTHENTICATED')
  if (isRefused) return 'refused'
  if (errors || !payload) return 'unknown'
  return payload.userErrors && payload.userErrors.length > 0 ? 'refused' : 'done'
}
