import { redirect } from '@remix-run/node'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { submitForm } from './submitForm.ts'

type Arguments = Parameters<typeof submitForm>[0]

const schema = z.object({ boxes: z.string() })

/** What the work is given of a body that was posted. */
async function submit(body: string): Promise<{ boxes: string } | undefined> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request('http://localhost/', { method: 'POST', headers, body })
  let given: { boxes: string } | undefined
  await submitForm({ request, params: {}, context: {} } as unknown as Arguments, {
    schema,
    work: (input) => {
      given = input
      return Promise.resolve(redirect('/'))
    },
  }).catch(() => undefined)
  return given
}

test('boxes of one name are one value, with a comma between', async () => {
  expect(await submit('boxes=one&boxes=two')).toEqual({ boxes: 'one,two' })
})

/** Attack: a body of 64 kB with one field again and again, each of which costs as much as all of them together. */
test.each([
  ['of one name', () => 'boxes=b'],
  ['that nobody asked for', () => 'a=b'],
  ['each of another name', (index: number) => `${index.toString(36)}=`],
])('thousands of fields %s cost no more than their number', async (_what, field) => {
  const body = Array.from({ length: 8_000 }, (_, index) => field(index)).join('&')
  await submit('boxes=one')
  const start = process.threadCpuUsage()
  await submit(body)
  const { user, system } = process.threadCpuUsage(start)
  expect((user + system) / 1_000).toBeLessThan(150)
})
