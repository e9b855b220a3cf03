import {
  CLIENT_USER_AGENT_HEADER,
  REQUEST_ID_HEADER,
  WEB_API_SECRET_HEADER,
} from '@wellness/domain/webHeaders'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const records = () => api.logLines.map((line) => JSON.parse(line) as Record<string, unknown>)
const fromWeb = (requestId: string) => ({
  [WEB_API_SECRET_HEADER]: api.env.WEB_API_SECRET,
  [REQUEST_ID_HEADER]: requestId,
})

test('the id that a request came with stands in the records of the API and of the job it left behind', async () => {
  const id = 'page-0123456789'
  await requestSignUp(api, 'anna@example.com', fromWeb(id))
  await api.worker.runDueJobs()
  const trail = records().filter(({ requestId }) => requestId === id)
  expect(trail.map(({ msg }) => msg)).toEqual(['request', 'sign-up mail sent', 'job done'])
  expect(trail.at(-1)).toMatchObject({ job: 'sendSignUpMail', attempt: 1 })
})

test('a failed sign-in leads to the job that tells of it', async () => {
  const id = 'page-failed-sign-in'
  await api.request(
    'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }',
    { input: { email: 'anna@example.com', password: 'wrong wrong wrong' } },
    { headers: fromWeb(id) },
  )
  await api.worker.runDueJobs()
  const trail = records().filter(({ requestId }) => requestId === id)
  expect(trail.map(({ msg, job }) => [msg, job])).toEqual([
    ['request', undefined],
    ['job done', 'failedSignIn'],
  ])
})

/** The database's message holds the whole statement, with the person's values in it. */
test('a job that fails leaves its request’s id and its fault in log and queue, and nothing of the person', async () => {
  const id = 'page-that-leads-to-a-fault'
  const { email, userId } = await createUser(api)
  await api.request(
    'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }',
    { input: { email, password: 'wrong wrong wrong' } },
    { headers: { ...fromWeb(id), [CLIENT_USER_AGENT_HEADER]: 'quiet-lamp' } },
  )
  await api.sql('alter table security_events rename column ip_address to away')
  api.logLines.length = 0
  await api.worker.runDueJobs()
  await api.sql('alter table security_events rename column away to ip_address')

  const failure = records().find(({ msg }) => msg === 'job failed')
  expect(failure).toMatchObject({ requestId: id, job: 'failedSignIn', attempt: 1, err: { code: '42703' } })
  const [job] = await api.sql<{ last_error: string }>('select last_error from graphile_worker.jobs')
  expect(job?.last_error).toContain('42703')
  for (const value of [userId, 'quiet-lamp']) {
    expect(job?.last_error).not.toContain(value)
    expect(api.logLines.join('')).not.toContain(value)
  }
})
