import { newId } from '@wellness/domain/newId'
import { HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'
import {
  type OneTimeTokenPurpose,
  OneTimeTokenRepository,
  type OpenToken,
} from './oneTimeToken.repository.ts'

const tokens = new OneTimeTokenRepository()

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

function em() {
  return api.app.services.orm.em.fork()
}

function issue(email: string, id = newId()): Promise<string | null> {
  return tokens.issue(em(), { id, purpose: 'SIGN_UP', email, now: api.clock.now() })
}

function find(token: string | null, purpose: OneTimeTokenPurpose = 'SIGN_UP'): Promise<OpenToken | null> {
  return tokens.findOpen(em(), purpose, token ?? '', api.clock.now())
}

function consume(open: OpenToken): Promise<boolean> {
  return em().transactional((tx) => tokens.consume(tx, 'SIGN_UP', open, api.clock.now()))
}

test('R1: a token is found until it is used, and used once, however many try at once', async () => {
  const token = await issue('once@example.com')
  const open = await find(token)
  expect(open).toMatchObject({ email: 'once@example.com' })
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => consume(open as OpenToken)))
  expect(outcomes.filter(Boolean)).toHaveLength(1)
  expect(await find(token)).toBeNull()
})

test('R1: a token is good for its own purpose alone', async () => {
  const token = await issue('purpose@example.com')
  expect(await find(token, 'ANOTHER' as OneTimeTokenPurpose)).toBeNull()
  expect(await find(token)).not.toBeNull()
})

test('R1: a token that grew too old after it was found is not used', async () => {
  const open = await find(await issue('old@example.com'))
  api.clock.advance(HOUR)
  expect(await consume(open as OpenToken)).toBe(false)
})

test('R1: using one voids the others of its address, and no other address’s', async () => {
  const [first, second] = [await issue('voids@example.com'), await issue('voids@example.com')]
  const other = await issue('other@example.com')
  expect(await consume((await find(first)) as OpenToken)).toBe(true)
  expect(await find(second)).toBeNull()
  expect(await find(other)).not.toBeNull()
})

test('R1: of ten that are asked for at once, three are open', async () => {
  const issued = await Promise.all(Array.from({ length: 10 }, () => issue('many@example.com')))
  expect(issued.filter((token) => token !== null)).toHaveLength(3)
})

test('a second try with the same id takes the first one’s place, unless that was used', async () => {
  const id = newId()
  const first = await issue('again@example.com', id)
  const second = await issue('again@example.com', id)
  expect(await find(first)).toBeNull()
  expect(await consume((await find(second)) as OpenToken)).toBe(true)
  expect(await issue('again@example.com', id)).toBeNull()
})

/**
 * Attack: a link that was sent before the owner ended all logins is found in a mailbox that somebody else reads.
 */
test('R1: a user’s token is void as soon as their epoch is another, and one that is bound to none outlasts that', async () => {
  const { userId, email } = await createUser(api)
  const ground = { email, now: api.clock.now() }
  const bound = await tokens.issue(em(), {
    ...ground,
    id: newId(),
    purpose: 'PASSWORD_RESET',
    user: { id: userId, authEpoch: 0 },
  })
  const outlasting = await tokens.issue(em(), {
    ...ground,
    id: newId(),
    purpose: 'NOT_ME',
    user: { id: userId, authEpoch: null },
  })
  expect(await find(bound, 'PASSWORD_RESET')).toMatchObject({ userId, authEpoch: 0 })
  await api.sql('update users set auth_epoch = 1 where id = ?', [userId])
  expect(await find(bound, 'PASSWORD_RESET')).toBeNull()
  expect(await find(outlasting, 'NOT_ME')).toMatchObject({ userId, authEpoch: null })
  await api.sql('update users set disabled_at = now() where id = ?', [userId])
  expect(await find(outlasting, 'NOT_ME')).toBeNull()
})

test('R1: no token is made for an epoch that is no more, nor for who is disabled or gone', async () => {
  const { userId, email } = await createUser(api)
  const issueFor = (authEpoch: number) =>
    tokens.issue(em(), {
      id: newId(),
      purpose: 'PASSWORD_RESET',
      email,
      user: { id: userId, authEpoch },
      now: api.clock.now(),
    })
  expect(await issueFor(1)).toBeNull()
  expect(await issueFor(0)).not.toBeNull()
  await api.sql('update users set disabled_at = now() where id = ?', [userId])
  expect(await issueFor(0)).toBeNull()
  await api.sql('delete from users where id = ?', [userId])
  expect(await issueFor(0)).toBeNull()
})
