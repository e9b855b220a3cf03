import { afterAll, beforeAll, expect, test } from 'vitest'
import { PasswordHasher } from './modules/identity/passwords/passwordHasher.ts'
import { confirmLogins } from './testing/confirmLogins.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser } from './testing/createUser.ts'
import { mailedToken } from './testing/mailedLink.ts'
import { mutate } from './testing/mutate.ts'
import { readEverything } from './testing/readEverything.ts'
import { requestSignUp } from './testing/requestSignUp.ts'
import { SessionOperations } from './testing/sessions/sessionOperations.ts'
import { setPassword } from './testing/setPassword.ts'
import { signIn } from './testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

/** Each leaf of a text of JSON, and each piece of it; bytes in every way that a token could be written. */
function valuesOf(text: string): string[] {
  const leaves = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"{}[\]:,]+/g)].map(([leaf, quoted]) =>
    quoted === undefined ? leaf : (JSON.parse(leaf) as string),
  )
  return leaves.flatMap((leaf) => {
    const [, hex = ''] = /^\\x([0-9a-f]+)$/.exec(leaf) ?? []
    const bytes = Buffer.from(hex, 'hex')
    return [
      leaf,
      ...leaf.split(/[^A-Za-z0-9_-]+/),
      ...leaf.split(':'),
      ...(bytes
        ? [hex, ...(['base64', 'base64url', 'latin1'] as const).map((to) => bytes.toString(to))]
        : []),
    ].filter((value) => value !== '')
  })
}

/** By which of all secrets the product asks for this one opens something. */
async function tryAsEverySecret(value: string, passwordHashes: string[]): Promise<string[]> {
  const password = 'an evening in the high hills'
  const hasher = new PasswordHasher({
    keys: api.app.services.keys,
    pool: api.app.services.identity.bcryptPool,
    cost: api.env.BCRYPT_COST,
  })
  const asToken = async (name: string, input: object) =>
    (await mutate(api, name, { ...input, token: value })).codes.length === 0 ? [name] : []
  // A header holds no line breaks and nothing beyond Latin-1.
  const isHeader = /^[\x21-\xff]+$/.test(value) && !/[\x7f-\xa0]/.test(value)
  const me = isHeader
    ? await api.request<{ me: object | null } | null>('{ me { id } }', {}, { token: value })
    : null
  const matches = await Promise.all(passwordHashes.map((hash) => hasher.verify(value, hash)))
  return [
    ...(me?.data?.me ? ['me'] : []),
    ...(await asToken('completeSignUp', { password })),
    ...(await asToken('resetPassword', { password })),
    ...(await asToken('confirmEmailChange', {})),
    ...(await asToken('reportNotMe', {})),
    ...(matches.some(({ matches: opens }) => opens) ? ['password'] : []),
  ]
}

/**
 * Attack: somebody has a copy of PostgreSQL and Redis, from a back-up, a replica or a hole in a query, and signs in with
 * what they find there.
 */
test(
  'R1, R8, L2, P3: no value of the database or of Redis signs anybody in, resets, confirms or is a password',
  { timeout: 300_000 },
  async () => {
    const person = await createUser(api, { email: 'ada@example.com', name: 'Ada' })
    await setPassword(api, { email: person.email, password: PASSWORD })
    const { data } = await signIn(api, { email: person.email, password: PASSWORD })
    await signIn(api, { email: person.email, password: 'mistyped' })
    await new SessionOperations(api, person).startNew()
    await confirmLogins(api, person.userId)
    const wish = { name: 'nightly export', scopes: ['PROFILE_READ'] }
    const made = { token: person.token, fields: 'secret' }
    const { secret: key = '' } = (await mutate(api, 'createApiKey', wish, made)) as { secret?: string }
    const mover = await createUser(api)
    await confirmLogins(api, mover.userId)
    // Of every kind of link, one that is open; and one whose mail still waits.
    await requestSignUp(api, 'new@example.com')
    await mutate(api, 'requestPasswordReset', { email: person.email })
    await mutate(api, 'requestEmailChange', { newEmail: 'other@example.com' }, { token: mover.token })
    const openLinks = {
      completeSignUp: await mailedToken(api, 'new@example.com', '/sign-up/complete'),
      resetPassword: await mailedToken(api, person.email, '/reset-password'),
      confirmEmailChange: await mailedToken(api, 'other@example.com', '/confirm-email'),
      reportNotMe: await mailedToken(api, mover.email, '/security/not-me'),
    }
    await requestSignUp(api, 'later@example.com')

    const dump = await readEverything(api)
    const places = dump.map(({ place }) => place.split(' ', 1)[0])
    expect(new Set(places)).toEqual(
      new Set([
        ...['public.users', 'public.logins', 'public.one_time_tokens', 'public.security_events'],
        'public.api_keys',
        ...['public.session_metadata', 'graphile_worker._private_jobs', 'redis'],
        ...places.filter((place) => /mikro_orm|_private_tasks|migrations|known/.test(place ?? '')),
      ]),
    )
    const hashes = (
      await api.sql<{ hash: string }>(
        'select password_hash as hash from users where password_hash is not null',
      )
    ).map(({ hash }) => hash)
    const values = new Set(dump.flatMap(({ text }) => valuesOf(text)))
    expect(values.size).toBeGreaterThan(100)
    for (const secret of [
      person.token,
      key,
      data.signIn.token ?? '',
      PASSWORD,
      ...Object.values(openLinks),
    ]) {
      expect(secret).not.toBe('')
      expect(values).not.toContain(secret)
    }

    const opened: string[] = []
    for (const value of values) {
      for (const way of await tryAsEverySecret(value, hashes)) opened.push(`${way}: ${value}`)
    }
    expect(opened).toEqual([])

    // What was tried would have opened something, had it been the secret.
    expect(await tryAsEverySecret(person.token, hashes)).toEqual(['me'])
    expect(await tryAsEverySecret(key, hashes)).toEqual(['me'])
    expect(await tryAsEverySecret(PASSWORD, hashes)).toEqual(['password'])
    for (const [way, token] of Object.entries(openLinks))
      expect(await tryAsEverySecret(token, hashes)).toContain(way)
  },
)
