import bcrypt from 'bcryptjs'
import { createHmac } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { SecretKeys } from '../../../platform/crypto/secretKeys.ts'
import { BcryptPool } from './bcryptPool.ts'
import { PasswordHasher } from './passwordHasher.ts'
import { storedPassword } from './storedPassword.ts'

const SECRET = 'one secret of more than thirty-two bytes'
const NEWER_SECRET = 'another secret, also more than thirty-two'
const COST = 10

const pool = new BcryptPool({ cost: COST })
afterAll(() => pool.close())

function hasher({ secrets = [SECRET], cost = COST } = {}) {
  return new PasswordHasher({ keys: new SecretKeys(secrets), pool, cost })
}

/** How much of bcrypt's inner loop a check runs. */
async function roundsOf(work: () => Promise<unknown>): Promise<number> {
  const before = pool.work.rounds
  await work()
  return pool.work.rounds - before
}

test('P3: two passwords that are alike in their first 72 bytes do not open each other', async () => {
  const first = `${'x'.repeat(100)}1`
  const second = `${'x'.repeat(100)}2`
  const stored = await hasher().hash(first)
  expect(await hasher().verify(first, stored)).toMatchObject({ matches: true })
  expect(await hasher().verify(second, stored)).toMatchObject({ matches: false })
})

test('P3: a NUL ends no password early', async () => {
  const stored = await hasher().hash('fifteen letters\0 and what follows')
  expect(await hasher().verify('fifteen letters\0 and else', stored)).toMatchObject({ matches: false })
})

test('P3: a password opens in every Unicode form of it', async () => {
  const stored = await hasher().hash('crème brûlée à la carte'.normalize('NFD'))
  expect(await hasher().verify('crème brûlée à la carte'.normalize('NFC'), stored)).toMatchObject({
    matches: true,
  })
})

/** Attack: whoever copied the table tries passwords against it, in the name of a pepper of their own or of none. */
test('P3: without the pepper the stored hash is of no use', async () => {
  const password = 'a quiet morning by the sea'
  const stored = await hasher().hash(password)
  const { keyId, bcryptHash = '' } = storedPassword.parse(stored) ?? {}
  expect(stored).toBe(`hmac-sha384-bcrypt:${keyId}:${bcryptHash}`)
  const stranger = hasher({ secrets: [NEWER_SECRET] })
  const { keyId: ofStranger = '' } = storedPassword.parse(await stranger.hash(password)) ?? {}
  for (const claimed of [stored, storedPassword.format(ofStranger, bcryptHash)])
    expect(await stranger.verify(password, claimed)).toEqual({ matches: false, needsRehash: false })
  for (const key of ['', keyId ?? '']) {
    const guess = createHmac('sha384', key).update(password).digest('base64')
    expect(await bcrypt.compare(guess, bcryptHash)).toBe(false)
  }
  expect(await bcrypt.compare(password, bcryptHash)).toBe(false)
})

test('P4: the hash says its scheme, key and cost', async () => {
  const stored = await hasher().hash('a quiet morning by the sea')
  expect(stored).toMatch(/^hmac-sha384-bcrypt:[\w-]{8}:\$2b\$10\$[./\w]{53}$/)
  expect(storedPassword.parse(stored)).toMatchObject({ cost: 10 })
})

describe('P4: a right password asks for a new hash', () => {
  test.each([
    ['never, when cost and secret are the current ones', {}, {}, false],
    ['when its cost is lower than the current one', { cost: 10 }, { cost: 11 }, true],
    ['when its cost is higher than the current one', { cost: 11 }, { cost: 10 }, true],
    ['when its secret is not the newest', { secrets: [SECRET] }, { secrets: [NEWER_SECRET, SECRET] }, true],
  ])('%s', async (_when, then, now, needsRehash) => {
    const stored = await hasher(then).hash('a quiet morning by the sea')
    expect(await hasher(now).verify('a quiet morning by the sea', stored)).toEqual({
      matches: true,
      needsRehash,
    })
    expect(await hasher(now).verify('a wrong morning by the sea', stored)).toEqual({
      matches: false,
      needsRehash: false,
    })
  })
})

test('S2: a check costs the same when there is no such user, no readable hash, and with an older, cheaper hash', async () => {
  const now = hasher({ cost: 12 })
  const stored = {
    'no user': null,
    'nothing readable': 'plain text',
    'a secret that is gone': await hasher({ secrets: [NEWER_SECRET], cost: 12 }).hash('x'),
    'the current cost': await now.hash('x'),
    'an older cost': await hasher({ cost: 10 }).hash('x'),
  }
  for (const [name, hash] of Object.entries(stored)) {
    expect(await roundsOf(() => now.verify('a wrong morning by the sea', hash)), name).toBe(2 ** 12)
  }
})
