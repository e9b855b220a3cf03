import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { DAY, SECOND } from '@wellness/domain/time'
import type { SecretKeys } from '../../crypto/secretKeys.ts'
import type { RedisClient } from '../../redis/connectRedis.ts'
import { RedisScript } from '../../redis/redisScript.ts'
import type { Credential } from '../credential.ts'

/** A key belongs to the credential that it came with. */
export interface KeyOfCredential {
  /** The user whom the credential acts for. */
  ownerId: string
  credential: Credential
  key: string
}

/** What is known of a key: it is this request's now; or it was another's before, and what came of that. */
export type Standing =
  | { name: 'begun'; owner: string }
  | { name: 'answered'; body: string }
  | { name: 'conflict' | 'running' | 'lost' | 'full' }

/** How long an answer is kept, and with it what is known of a key. */
export const KEPT_MS = DAY
/** Of one credential. */
export const KEYS_A_DAY_MAX = 10_000
/** Of one user, whose keys and logins may come and go, so that nobody fills the store. */
export const BYTES_A_DAY_MAX = 10_000_000
/** What Redis needs for a key without its answer. */
export const RECORD_BYTES = 300
/** Longer than any operation runs: who has not finished by then is gone. */
export const LEASE_MS = 15 * SECOND

const PREFIX = 'idempotency'

/** By the clock of Redis, in milliseconds: processes have clocks of their own, and one that is late would take over what still runs. */
const NOW = `local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

const BEGIN = new RedisScript<[Standing['name'], string?]>(`${NOW}
local fingerprint, owner, lease, kept, repeatable, credential, keys_max, bytes_max, bytes = unpack(ARGV)
local record = redis.call('hmget', KEYS[1], 'fingerprint', 'until', 'answer')
if not record[1] then
  local used = redis.call('hmget', KEYS[2], credential, 'bytes')
  if tonumber(used[1] or '0') >= tonumber(keys_max) then return {'full'} end
  if tonumber(used[2] or '0') + bytes > tonumber(bytes_max) then return {'full'} end
  redis.call('hincrby', KEYS[2], credential, 1)
  redis.call('hincrby', KEYS[2], 'bytes', bytes)
  if not used[2] then redis.call('pexpire', KEYS[2], kept) end
elseif record[1] ~= fingerprint then return {'conflict'}
elseif record[3] then return {'answered', record[3]}
elseif tonumber(record[2]) > now then return {'running'}
elseif repeatable ~= '1' then return {'lost'} end
redis.call('hset', KEYS[1], 'fingerprint', fingerprint, 'owner', owner, 'until', now + lease)
if not record[1] then redis.call('pexpire', KEYS[1], kept) end
return {'begun'}`)

/** Only whoever still has the key may say what came of it: another may have taken it over. */
const ofOwner = (act: string) => `if redis.call('hget', KEYS[1], 'owner') == ARGV[1] then ${act} end`
/** An answer for which there is no more room is as one that got lost. */
const KEEP = new RedisScript<null>(
  ofOwner(`local used = redis.call('hget', KEYS[2], 'bytes')
  if used and used + #ARGV[2] > tonumber(ARGV[3]) then return redis.call('hset', KEYS[1], 'until', 0) end
  if used then redis.call('hincrby', KEYS[2], 'bytes', #ARGV[2]) end
  redis.call('hset', KEYS[1], 'answer', ARGV[2])`),
)
const GIVE_UP = new RedisScript<null>(ofOwner(`redis.call('hset', KEYS[1], 'until', 0)`))
const FORGET = new RedisScript<null>(
  ofOwner(`redis.call('del', KEYS[1])
  if tonumber(redis.call('hget', KEYS[2], ARGV[2]) or '0') > 0 then
    redis.call('hincrby', KEYS[2], ARGV[2], -1)
    redis.call('hincrby', KEYS[2], 'bytes', -ARGV[3])
  end`),
)

/**
 * What came of requests with an Idempotency-Key, in Redis. Whoever reads Redis learns nothing of it: names and fingerprints are
 * HMACs, and an answer is encrypted with a key that is derived from the Idempotency-Key, which is not there.
 */
export class KeptAnswers {
  readonly #redis: RedisClient
  readonly #nameKey: Buffer
  readonly #answerKey: Buffer

  constructor(redis: RedisClient, keys: SecretKeys) {
    this.#redis = redis
    this.#nameKey = keys.newest('idempotency keys').bytes
    this.#answerKey = keys.newest('idempotent answers').bytes
  }

  /**
   * Takes the key for a request, or says why not.
   *
   * @param asked all of what the request asks for: another one does not get the answer.
   * @throws when Redis is away.
   */
  async begin(
    of: KeyOfCredential,
    { asked, isRepeatable }: { asked: string; isRepeatable: boolean },
  ): Promise<Standing> {
    const owner = randomBytes(12).toString('base64url')
    const fingerprint = hmac(this.#nameKey, `asked:${asked}`).toString('base64url')
    const [name, answer = ''] = await BEGIN.run(this.#redis, this.#namesOf(of), [
      fingerprint,
      owner,
      LEASE_MS,
      KEPT_MS,
      isRepeatable ? 1 : 0,
      this.#credentialName(of),
      KEYS_A_DAY_MAX,
      BYTES_A_DAY_MAX,
      RECORD_BYTES,
    ])
    if (name === 'begun') return { name, owner }
    return name === 'answered' ? { name, body: this.#decrypt(of, answer) } : { name }
  }

  async keep(of: KeyOfCredential, owner: string, body: string): Promise<void> {
    await KEEP.run(this.#redis, this.#namesOf(of), [owner, this.#encrypt(of, body), BYTES_A_DAY_MAX])
  }

  /** For what was cut off: it may have been carried out. */
  async giveUp(of: KeyOfCredential, owner: string): Promise<void> {
    await GIVE_UP.run(this.#redis, this.#namesOf(of), [owner])
  }

  /** For what was not carried out: the key may be used again, for this or anything, and does not count. */
  async forget(of: KeyOfCredential, owner: string): Promise<void> {
    await FORGET.run(this.#redis, this.#namesOf(of), [owner, this.#credentialName(of), RECORD_BYTES])
  }

  /** Of the key's record, and of what its user has used up in a day; in one slot of a cluster. */
  #namesOf({ ownerId, ...of }: KeyOfCredential): string[] {
    const used = `${PREFIX}:{${hmac(this.#nameKey, `user:${ownerId}`).toString('base64url')}}`
    return [`${used}:${hmac(this.#nameKey, `key:${textOf(of)}`).toString('base64url')}`, used]
  }

  #credentialName({ credential: { kind, id } }: KeyOfCredential): string {
    return hmac(this.#nameKey, `${kind}:${id}`).toString('base64url')
  }

  #encrypt(of: KeyOfCredential, body: string): string {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', hmac(this.#answerKey, textOf(of)), iv)
    const encrypted = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64')
  }

  #decrypt(of: KeyOfCredential, text: string): string {
    const bytes = Buffer.from(text, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', hmac(this.#answerKey, textOf(of)), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  }
}

function textOf({ credential: { kind, id }, key }: Omit<KeyOfCredential, 'ownerId'>): string {
  return `${kind}:${id}:${key}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
