import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { toDate, toIsoInstant } from './timestamp.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

test('what PostgreSQL writes of an instant is read as that instant', async () => {
  const { statements } = api.app.services
  const instants = fc.date({
    min: new Date('0100-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(instants, { minLength: 1, maxLength: 200 }), async (dates) => {
      const rows = await statements.read<{ instant: string; json: string }>(
        'select instant, to_json(instant) as json from unnest($1::timestamptz[]) instant',
        [dates.map((date) => date.toISOString())],
      )
      const expected = dates.map((date) => date.toISOString())
      expect(rows.map(({ instant }) => toDate(instant).toISOString())).toEqual(expected)
      expect(rows.map(({ json }) => toDate(json).toISOString())).toEqual(expected)
      expect(rows.map(({ json }) => toIsoInstant(json))).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

test('in another time zone than UTC, and beyond the year 9999, it is read all the same', () => {
  expect(toDate('2026-11-22 09:48:00.5+02').toISOString()).toBe('2026-11-22T07:48:00.500Z')
  expect(toDate('2026-11-22 09:48:00+05:30').toISOString()).toBe('2026-11-22T04:18:00.000Z')
  expect(toDate('2026-11-22 07:48:00.123456+00').toISOString()).toBe('2026-11-22T07:48:00.123Z')
  expect(toIsoInstant('2026-11-22T09:48:00.5+02:00')).toBe('2026-11-22T07:48:00.500Z')
  expect(toIsoInstant('2026-11-22T07:48:00.123456+00:00')).toBe('2026-11-22T07:48:00.123Z')
  const date = new Date(0)
  expect(toDate(date)).toBe(date)
})
