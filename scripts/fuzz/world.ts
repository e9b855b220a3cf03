import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@wellness/domain/newId'
import type { Pool } from 'pg'
import { findPrograms } from '../product/findPrograms.ts'
import { runToEnd } from '../product/runToEnd.ts'
import type { Product } from '../product/startProduct.ts'
import { readAccount } from './account.ts'
import type { Actor } from './actor.ts'
import { lookAt } from './lookAt.ts'
import { makeKeySecret } from './makeKeySecret.ts'
import { marks } from './marks.ts'

const LOGINS_AT_ONCE = 40
const LOGINS_LEAST = 4
const OVER_PER_PERSON = 30
const SIGHT_SIZE = 100
const PASSWORD = `${marks.password}-of-the-actors`

export interface Bystander {
  email: string
  token: string
}

/** The people of a run, made and kept able to go on by statements: what makes them is not what is tried here. */
export class World {
  readonly #database: Pool
  readonly #apiUrl: string
  readonly #hashOf = { actor: '', bystander: '' }
  #count = 0
  /** Those whom nothing may touch. */
  readonly bystanders: Bystander[] = []
  /** Everybody in whose place requests were made, also those who are deleted. */
  readonly actorIds: string[] = []

  constructor(product: Product, database: Pool) {
    this.#database = database
    this.#apiUrl = product.addresses.API_URL
  }

  /** Fills the empty database with people who have a past. */
  async make(product: Product, actors: readonly Actor[], bystanders: number): Promise<void> {
    for (const [kind, password] of [
      ['actor', PASSWORD],
      ['bystander', `${marks.password}-of-the-bystanders`],
    ] as const) {
      const email = `${kind}@${marks.mailDomain}`
      const env = { ...product.apiEnv, DEMO_EMAIL: email, DEMO_PASSWORD: password }
      await runToEnd({
        name: 'Making a user',
        ...findPrograms('production').demo,
        env,
        signal: new AbortController().signal,
      })
      const { rows } = await this.#database.query<{ password_hash: string }>(
        'select password_hash from users where email = $1',
        [email],
      )
      this.#hashOf[kind] = rows[0]?.password_hash ?? ''
    }
    for (let index = 0; index < bystanders; index += 1) {
      const email = `bystander-${index}@${marks.mailDomain}`
      const userId = await this.#insertPerson('bystander', email)
      const [token = ''] = await this.#insertLogins(userId, 2)
      this.bystanders.push({ email, token })
    }
    for (const actor of actors) await this.equip(actor)
  }

  /** Gives an actor what requests of all kinds need, where requests before took it away. */
  async equip(actor: Actor): Promise<void> {
    if (!actor.account) await this.#begin(actor)
    const userId = actor.storedId
    if (actor.password === null) {
      await this.#database.query('update users set password_hash = $2 where id = $1', [
        userId,
        this.#hashOf.actor,
      ])
      actor.password = PASSWORD
    }
    if (actor.account?.linked.length === 0)
      await this.#database.query(INSERT_ACCOUNT, [userId, actor.linkedEmail])
    if (actor.observer === '') [actor.observer = ''] = await this.#insertLogins(userId, 1)
    if (actor.liveTokens.size < LOGINS_LEAST)
      for (const [index, token] of (await this.#insertLogins(userId, LOGINS_AT_ONCE)).entries()) {
        actor.liveTokens.add(token)
        if (!isProven(index)) actor.unprovenTokens.add(token)
      }
    if (!actor.findKey(true)) await this.#insertKey(actor, ALL_SCOPES)
    if (!actor.findKey(false)) await this.#insertKey(actor, ['PROFILE_READ'])
    actor.account = await readAccount(this.#database, userId)
  }

  async #insertKey(actor: Actor, scopes: readonly string[]): Promise<void> {
    const [id, secret] = [newId(), makeKeySecret()]
    const hash = createHash('sha256').update(secret).digest()
    await this.#database.query(INSERT_KEY, [id, actor.storedId, hash, scopes])
    actor.keys.set(id, { secret, scopes })
  }

  async #begin(actor: Actor): Promise<void> {
    const email = `actor-${(this.#count += 1)}@${marks.mailDomain}`
    const userId = await this.#insertPerson('actor', email)
    this.actorIds.push(userId)
    const account = await readAccount(this.#database, userId)
    if (!account) throw new Error('Somebody who was just made is not there')
    actor.begin({ email, userId, account, password: PASSWORD })
    ;[actor.observer = ''] = await this.#insertLogins(userId, 1)
    const { name, cursor, sessions } = await lookAt(this.#apiUrl, actor.observer, SIGHT_SIZE)
    Object.assign(actor, { name, cursor })
    for (const session of sessions) actor.sessions.set(session.id, session)
  }

  async #insertPerson(kind: 'actor' | 'bystander', email: string): Promise<string> {
    const userId = newId()
    await this.#database.query(INSERT_PERSON, [
      email,
      this.#hashOf[kind],
      userId,
      OVER_PER_PERSON,
      kind === 'bystander',
      kind === 'bystander' ? marks.stranger : 'Robin',
      kind === 'bystander' ? marks.strangerZone : 'Europe/Stockholm',
    ])
    return userId
  }

  async #insertLogins(userId: string, count: number): Promise<string[]> {
    const tokens = Array.from({ length: count }, makeToken)
    await this.#database.query(INSERT_LOGINS, [
      userId,
      tokens.map((token) => createHash('sha256').update(token).digest()),
      tokens.map((_, index) => isProven(index)),
    ])
    return tokens
  }
}

/** Two of three: what needs a proof is to be carried out, and refused without one. */
function isProven(index: number): boolean {
  return index % 3 > 0
}

function makeToken(): string {
  return marks.token + randomBytes(24).toString('base64url')
}

const ALL_SCOPES = ['PROFILE_READ', 'SESSIONS_READ', 'SESSIONS_WRITE']

const INSERT_KEY = `
insert into api_keys (id, user_id, name, hint, secret_hash, scopes, created_at)
values ($1, $2, 'of the run', 'wsk_of-run', $3, $4, now())`

const INSERT_PERSON = `
with person as (
  insert into users (id, email, name, email_verified, password_hash)
  values ($3, $1, $6, now(), $2) returning id
), over as (
  insert into session_metadata (id, user_id, started_at, ended_at, duration_seconds, last_seen_at, time_zone, status)
  select uuidv7(), person.id, at, at + interval '10 minutes', 600, at + interval '10 minutes', $7, 'COMPLETED'
  from person, (select date_trunc('second', now()) - make_interval(days => day) as at from generate_series(1, $4::int) day) days
), live as (
  insert into session_metadata (id, user_id, started_at, last_seen_at, time_zone, status)
  select uuidv7(), person.id, now(), now(), $7, 'RUNNING' from person where $5
), account as (
  insert into accounts (provider, provider_account_id, user_id, type) select 'example', $1, person.id, 'oidc' from person
), link as (
  insert into one_time_tokens (id, purpose, token_hash, email, user_id, created_at, expires_at)
  select uuidv7(), 'SIGN_UP', sha256($1::text::bytea), $1, person.id, now(), now() + interval '1 hour' from person where $5
)
insert into security_events (id, user_id, kind, occurred_at) select uuidv7(), person.id, 'SIGNED_UP', now() from person`

const INSERT_ACCOUNT = `
insert into accounts (provider, provider_account_id, user_id, type) values ('example', $2, $1, 'oidc')`

/** A proof lasts longer than the run, or was never given. */
const INSERT_LOGINS = `
insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at, confirmed_at)
select uuidv7(), u.id, made.hash, u.auth_epoch, now(), now(), now() + interval '1 day',
  case when made.is_proven then now() + interval '1 hour' end
from users u, unnest($2::bytea[], $3::boolean[]) as made (hash, is_proven) where u.id = $1`
