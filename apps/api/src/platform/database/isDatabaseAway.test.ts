import 'reflect-metadata'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { findFreePort } from '@wellness/embedded/freePort'
import { expect, test } from 'vitest'
import { createTestApi } from '../../testing/createTestApi.ts'

/** Asks who one is, which PostgreSQL alone can tell. */
async function askWithDatabaseAt(port: number) {
  const api = await createTestApi({
    env: { DATABASE_URL: `postgresql://nobody:nothing@127.0.0.1:${port}/none` },
  })
  try {
    return {
      ...(await api.request('{ me { id } }', {}, { token: 'a'.repeat(43) })),
      log: api.logLines.join(''),
    }
  } finally {
    await api.close()
  }
}

test('while nothing listens in the place of PostgreSQL the answer is 503, and when to try again', async () => {
  const { status, headers, errors, log } = await askWithDatabaseAt(await findFreePort())
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  expect(errors).toMatchObject([
    {
      message: 'What this needs is out of reach just now. It may be tried again in a moment.',
      extensions: { code: 'SERVICE_UNAVAILABLE', requestId: headers.get('x-request-id') },
    },
  ])
  expect(log).toContain('PostgreSQL is out of reach')
})

test('so it is when the line breaks in the middle', async () => {
  const breaking = createServer((socket) => socket.once('data', () => socket.destroy())).listen(
    0,
    '127.0.0.1',
  )
  await once(breaking, 'listening')
  const { status, errors } = await askWithDatabaseAt((breaking.address() as AddressInfo).port)
  expect([status, errors?.[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  breaking.close()
})

test('so it is when PostgreSQL takes the line and never says a word', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  try {
    const { status, errors } = await askWithDatabaseAt((silent.address() as AddressInfo).port)
    expect(status).toBe(503)
    expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE')
  } finally {
    silent.close()
  }
})
