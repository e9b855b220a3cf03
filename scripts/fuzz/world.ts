import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { findPrograms } from '../product/findPrograms.ts'
import { runToEnd } from '../product/runToEnd.ts'
import type { Product } from '../product/startProduct.ts'
import { marks } from './marks.ts'

export interface Person {
  email: string
  /** The first is for looking only, and is never sent by what is generated. */
  tokens: string[]
}

export interface World {
  /** Those in whose name requests are made; all have the one password. */
  actors: Person[]
  password: string
  /** Those whom nothing may touch. */
  bystanders: Person[]
}

const TOKENS_PER_ACTOR = 400
const OVER_PER_PERSON = 30

/** Fills the empty database with people who have a past, by statements: what makes them is not what is tried here. */
export async function makeWorld(
  product: Product,
  counts: { actors: number; bystanders: number },
): Promise<World> {
  const password = `${marks.password}-of-the-actors`
  const hashOf = { actor: 'first', bystander: 'second' }
  for (const [kind, secret] of [
    ['actor', password],
    ['bystander', `${marks.password}-of-the-bystanders`],
  ] as const) {
    hashOf[kind] = `${kind}@${marks.mailDomain}`
    const env = { ...product.apiEnv, DEMO_EMAIL: hashOf[kind], DEMO_PASSWORD: secret }
    await runToEnd({
      name: 'Making a user',
      ...findPrograms('production').demo,
      env,
      signal: new AbortController().signal,
    })
  }

  const client = new Client({ connectionString: product.addresses.DATABASE_URL })
  await client.connect()
  const make = async (kind: 'actor' | 'bystander', count: number, tokenCount: number): Promise<Person[]> => {
    const people: Person[] = []
    for (let index = 0; index < count; index += 1) {
      const person: Person = {
        email: `${kind}-${index}@${marks.mailDomain}`,
        tokens: Array.from({ length: tokenCount }, makeToken),
      }
      await client.query(INSERT_PERSON, [
        person.email,
        hashOf[kind],
        person.tokens.map((token) => createHash('sha256').update(token).digest()),
        OVER_PER_PERSON,
        kind === 'bystander',
        kind === 'bystander' ? marks.stranger : 'Robin',
        kind === 'bystander' ? marks.strangerZone : 'Europe/Stockholm',
      ])
      people.push(person)
    }
    return people
  }
  try {
    return {
      password,
      actors: await make('actor', counts.actors, TOKENS_PER_ACTOR),
      bystanders: await make('bystander', counts.bystanders, 2),
    }
  } finally {
    await client.end()
  }
}

function makeToken(): string {
  return marks.token + randomBytes(24).toString('base64url')
}

const INSERT_PERSON = `
with person as (
  insert into users (id, email, name, email_verified, password_hash)
  select uuidv7(), $1, $6, now(), password_hash from users where email = $2 returning id
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
), event as (
  insert into security_events (id, user_id, kind, occurred_at) select uuidv7(), person.id, 'SIGNED_UP', now() from person
)
insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at)
select uuidv7(), person.id, hash, 0, now(), now(), now() + interval '1 day' from person, unnest($3::bytea[]) hash`
