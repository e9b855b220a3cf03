import { availableParallelism } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { BcryptPool } from './bcryptPool.ts'

let pool: BcryptPool
afterEach(() => pool.close())

test('P9: the hash is computed in another thread, and refuses to be computed in the main one', async () => {
  pool = new BcryptPool({ cost: 4 })
  const { hash } = await pool.run({ kind: 'hash', text: 'text', cost: 4 })
  expect(hash).toMatch(/^\$2b\$04\$/)
  await expect(import('./bcrypt.worker.ts')).rejects.toThrow('worker threads only')
})

test('P9: threads and queue are bounded, and who comes when both are full is told to come back', async () => {
  pool = new BcryptPool({ cost: 12 })
  const threads = Math.max(1, availableParallelism() - 1)
  const attempts = Array.from({ length: threads * 20 }, () =>
    pool.run({ kind: 'hash', text: 'text', cost: 6 }).then(
      () => 'done',
      (error: { extensions?: unknown }) => error.extensions,
    ),
  )
  const answers = await Promise.all(attempts)
  const refused = answers.filter((answer) => answer !== 'done')
  expect(answers.length - refused.length).toBe(threads * 9)
  expect(refused[0]).toMatchObject({ code: 'RATE_LIMITED', http: { status: 429 } })
  const { headers } = (refused[0] as { http: { headers: Map<string, string> } }).http
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('P9: the costlier a hash, the fewer may wait: the last one’s wait stays within a request’s time', () => {
  const threads = Math.max(1, availableParallelism() - 1)
  const waiting = [10, 11, 12, 15].map((cost) => new BcryptPool({ cost }).maxQueue / threads)
  expect(waiting).toEqual([32, 16, 8, 4])
})
