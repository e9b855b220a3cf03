import { expect, test } from 'vitest'
import { judgeGrowth } from './judgeGrowth.ts'
import type { SoakSample } from './soakSample.ts'

const MIB = 2 ** 20

function samples(change: (index: number, sample: SoakSample) => void): SoakSample[] {
  return Array.from({ length: 40 }, (_, index) => {
    const sample: SoakSample = {
      atSeconds: index * 15,
      processes: {
        api: { heapBytes: 50 * MIB, externalBytes: 5 * MIB, residentBytes: 150 * MIB, openFiles: 40 },
      },
      postgresConnections: 12,
      redisConnections: 3,
      redisKeys: 100,
      jobs: index % 3,
      liveMs: { api: [1, 2, 3] },
    }
    change(index, sample)
    return sample
  })
}

function grown(change: (index: number, sample: SoakSample) => void): string[] {
  return judgeGrowth(samples(change)).flatMap(({ name, last, allowed }) => (last <= allowed ? [] : [name]))
}

test('what stays, swings or grows in the beginning only has not grown', () => {
  expect(
    grown((index, { processes: { api } }) => {
      if (api) api.heapBytes += (index < 10 ? index * MIB : 10 * MIB) + (index % 2) * MIB
    }),
  ).toEqual([])
})

test('one odd moment is no growth', () => {
  expect(
    grown((index, { processes: { api } }) => {
      if (api && index === 38) api.residentBytes *= 3
    }),
  ).toEqual([])
})

test.each<[string, (index: number, sample: SoakSample) => void]>([
  ['api: live heap', (index, { processes: { api } }) => api && (api.heapBytes += index * 0.2 * MIB)],
  ['api: buffers', (index, { processes: { api } }) => api && (api.externalBytes += index * 0.3 * MIB)],
  ['api: resident', (index, { processes: { api } }) => api && (api.residentBytes += index * 2 * MIB)],
  ['api: open files', (index, { processes: { api } }) => api && (api.openFiles += index * 3)],
  ['api: /health/live, median', (index, { liveMs }) => (liveMs['api'] = [1, index < 25 ? 1 : 10, 100])],
  ['api: /health/live, p99', (index, { liveMs }) => (liveMs['api'] = [1, 1, index < 25 ? 1 : 50])],
  ['connections to PostgreSQL', (index, sample) => (sample.postgresConnections += index / 2)],
  ['connections to Redis', (index, sample) => (sample.redisConnections += index / 5)],
  ['jobs in the queue', (index, sample) => (sample.jobs += index)],
])('growth is found: %s', (name, change) => {
  expect(grown(change)).toEqual([name])
})

test('a figure that is missing is no figure that holds', () => {
  expect(grown((_, { processes: { api } }) => api && (api.heapBytes = Number.NaN))).toEqual([
    'api: live heap',
  ])
})
