import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { tendJobQueue } from './tendJobQueue.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

test('R8: the mail of a worker that died in the midst is sent by another within minutes, not hours', async () => {
  await requestSignUp(api, 'held@example.com')
  const hold = (minutes: number) =>
    api.sql(
      "update graphile_worker._private_jobs set locked_by = 'a dead worker', locked_at = now() - make_interval(mins => ?), attempts = 1",
      [minutes],
    )
  const em = api.app.services.orm.em.fork()

  await hold(4)
  await tendJobQueue(em)
  await api.worker.runDueJobs()
  expect(api.mailbox.messages()).toHaveLength(0)

  await hold(6)
  await tendJobQueue(em)
  await api.sql('update graphile_worker._private_jobs set run_at = now()')
  await api.worker.runDueJobs()
  expect(api.mailbox.messages()).toHaveLength(1)
})

test('a job that failed for good is kept for a week, for whoever asks why, and no longer', async () => {
  await requestSignUp(api, 'failed@example.com')
  const fail = (days: number) =>
    api.sql(
      'update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() - make_interval(days => ?)',
      [days],
    )
  const em = api.app.services.orm.em.fork()
  const jobs = () => api.sql('select 1 from graphile_worker.jobs')

  await fail(6)
  await tendJobQueue(em)
  expect(await jobs()).toHaveLength(1)
  await fail(8)
  await tendJobQueue(em)
  expect(await jobs()).toEqual([])
})
