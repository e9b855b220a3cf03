import fc from 'fast-check'
import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { readEnv, readMigrationEnv } from './env.ts'

const COMPLETE = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://wellness:pass@127.0.0.1:5432/wellness',
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTH_SECRET: 'x'.repeat(32),
  AUTH_URL: 'https://wellness.example',
  WEB_API_SECRET: 'y'.repeat(32),
  SMTP_URL: 'smtp://127.0.0.1:25',
}
const REQUIRED = ['DATABASE_URL', 'REDIS_URL', 'AUTH_SECRET', 'WEB_API_SECRET', 'SMTP_URL']

/** What the person who starts the app reads; nothing when it starts. */
function complaint(source: Record<string, string | undefined>): string {
  try {
    readEnv(source)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('a complete environment starts, with defaults for what may be left out', () => {
  expect(readEnv(COMPLETE)).toMatchObject({
    API_HOST: '127.0.0.1',
    API_PORT: 4000,
    BCRYPT_COST: 10,
    LOG_LEVEL: 'info',
    TRUSTED_PROXIES: [],
    DATABASE_URL_UNPOOLED: undefined,
  })
  expect(readEnv({ ...COMPLETE, AUTH_URL: undefined })).toMatchObject({ AUTH_URL: 'http://localhost:3000' })
})

test('mail comes from the site of AUTH_URL unless MAIL_FROM names another sender', () => {
  const sender = (env: Record<string, string>) => readEnv({ ...COMPLETE, ...env }).MAIL_FROM
  expect(sender({})).toBe('Wellness Assistant <no-reply@wellness.example>')
  expect(sender({ AUTH_URL: 'http://localhost:3000' })).toBe('Wellness Assistant <no-reply@localhost>')
  expect(sender({ AUTH_URL: 'http://127.0.0.1:3000' })).toBe('Wellness Assistant <no-reply@localhost>')
  expect(sender({ MAIL_FROM: 'hello@example.com' })).toBe('hello@example.com')
})

test.each(REQUIRED)(
  'without %s nothing starts, and the message says its name, what for, and an example',
  (name) => {
    for (const value of [undefined, '']) {
      const message = complaint({ ...COMPLETE, [name]: value })
      expect(message).toContain(`${name} is missing`)
      expect(message).toMatch(/for: .+\n +example: .+/)
      expect(message).toContain('1 of its environment variables needs attention')
    }
  },
)

test('all that is wrong is said at once', () => {
  const message = complaint({ NODE_ENV: 'production', API_PORT: 'http', AUTH_URL: 'wellness.example' })
  for (const name of [...REQUIRED, 'API_PORT', 'AUTH_URL']) expect(message).toContain(name)
  expect(message).toContain('7 of its environment variables need attention')
})

describe('what is malformed is refused:', () => {
  test.each([
    ['DATABASE_URL', 'mysql://127.0.0.1/wellness'],
    ['DATABASE_URL', '127.0.0.1:5432'],
    ['DATABASE_URL_UNPOOLED', 'postgres://'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis://127.0.0.1:6379,127.0.0.1:6380'],
    ['REDIS_URL', ','],
    ['SMTP_URL', 'mail.example.com'],
    ['AUTH_URL', 'https://wellness.example/app'],
    ['AUTH_URL', 'ftp://wellness.example'],
    ['AUTH_URL', 'http://intranet.example'],
    ['AUTH_URL', 'https://user:pass@wellness.example'],
    ['AUTH_SECRET', 'x'.repeat(31)],
    ['AUTH_SECRET', `${'x'.repeat(32)},short`],
    ['AUTH_SECRET', ' , '],
    ['WEB_API_SECRET', 'y'.repeat(31)],
    ['API_PORT', '65536'],
    ['API_PORT', '-1'],
    ['BCRYPT_COST', '9'],
    ['BCRYPT_COST', '16'],
    ['DATABASE_POOL_MAX', '0'],
    ['REDIS_CLUSTER', 'true'],
    ['TRUSTED_PROXIES', 'balancer.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, 10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/255.0.0.0'],
    ['TRUSTED_PROXIES', 'fd00::/129'],
    ['TRUSTED_PROXIES', 'fe80::1%eth0'],
    ['TRUSTED_PROXIES', 'true'],
    // Everybody would be believed to be whom they say.
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '::/0'],
    ['NODE_ENV', 'staging'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s', (name, value) => {
    expect(complaint({ ...COMPLETE, [name]: value })).toContain(`  ${name} `)
  })
})

test('what is well-formed is taken', () => {
  const env = readEnv({
    ...COMPLETE,
    REDIS_URL: 'rediss://a:b@one.example:6379, rediss://two.example:6379',
    AUTH_SECRET: `${'n'.repeat(32)}, ${'o'.repeat(40)}`,
    AUTH_URL: 'https://wellness.example/',
    TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1, fd00::/8, ::1',
  })
  expect(env.REDIS_URL).toEqual(['rediss://a:b@one.example:6379', 'rediss://two.example:6379'])
  expect(env.AUTH_SECRET).toEqual(['n'.repeat(32), 'o'.repeat(40)])
  expect(env.AUTH_URL).toBe('https://wellness.example')
  expect(env.TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '127.0.0.1', 'fd00::/8', '::1'])
})

test('every proxy that the environment takes is one that the server takes', () => {
  const range = fc.oneof(
    fc.tuple(fc.ipV4(), fc.nat(40)).map(([address, bits]) => `${address}/${bits}`),
    fc.tuple(fc.ipV6(), fc.nat(140)).map(([address, bits]) => `${address}/${bits}`),
  )
  let taken = 0
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), range), (entry) => {
      if (complaint({ ...COMPLETE, TRUSTED_PROXIES: entry }) !== '') return
      Fastify({ trustProxy: readEnv({ ...COMPLETE, TRUSTED_PROXIES: entry }).TRUSTED_PROXIES })
      taken += 1
    }),
  )
  expect(taken).toBeGreaterThan(50)
})

/**
 * Attack: somebody copied the example into production, where everybody can read its secrets.
 */
test('S8: the secret of an example is refused in production, and taken elsewhere', () => {
  const example = 'example-secret-that-has-more-than-32-bytes'
  for (const name of ['AUTH_SECRET', 'WEB_API_SECRET']) {
    expect(complaint({ ...COMPLETE, [name]: example })).toContain(`${name} holds the secret of an example`)
    expect(complaint({ ...COMPLETE, NODE_ENV: undefined, [name]: example })).toContain(name)
    expect(complaint({ ...COMPLETE, NODE_ENV: 'development', [name]: example })).toBe('')
  }
  expect(complaint({ ...COMPLETE, AUTH_SECRET: `${'x'.repeat(32)},${example}` })).toContain('AUTH_SECRET')
  const address = 'postgres://wellness:example-secret@db.example/wellness'
  expect(complaint({ ...COMPLETE, DATABASE_URL: address })).toContain(
    'DATABASE_URL holds the secret of an example',
  )
})

/**
 * Attack: the message of a failed start is read in a log, and the wrong value was a secret in the wrong place.
 */
test('no value is ever part of the message', () => {
  const value = fc.string({ minLength: 6, maxLength: 80 }).map((text) => `~${text}~`)
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(COMPLETE), 'API_PORT', 'BCRYPT_COST'), value),
      (source) => {
        const message = complaint(source)
        for (const text of Object.values(source)) expect(message).not.toContain(text)
      },
    ),
    { numRuns: 300 },
  )
})

test('migrating needs the database alone, by its direct address', () => {
  expect(readMigrationEnv({ DATABASE_URL: COMPLETE.DATABASE_URL })).toEqual({
    databaseUrl: COMPLETE.DATABASE_URL,
  })
  expect(
    readMigrationEnv({
      DATABASE_URL: COMPLETE.DATABASE_URL,
      DATABASE_URL_UNPOOLED: 'postgres://direct.example/w',
    }),
  ).toEqual({ databaseUrl: 'postgres://direct.example/w' })
  expect(() => readMigrationEnv({})).toThrow('DATABASE_URL is missing')
})
