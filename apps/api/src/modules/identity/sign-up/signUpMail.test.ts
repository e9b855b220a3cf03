import { HOUR } from '@wellness/domain/time'
import { findFreePort } from '@wellness/embedded/freePort'
import { startMailbox } from '@wellness/embedded/mailbox'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { completeSignUp } from '../../../testing/completeSignUp.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'
import { requestSignUp } from '../../../testing/requestSignUp.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(() => api.mailbox.clear())

/** Makes the jobs that wait for their next try due, as time would. */
async function retryJobs(of: TestApi): Promise<void> {
  await of.sql('update graphile_worker._private_jobs set run_at = now()')
  await of.worker.runDueJobs()
}

function tokensOf(email: string): Promise<object[]> {
  return api.sql('select * from one_time_tokens where email = ?', [email])
}

/**
 * Attack: somebody reads the queue's table, or a back-up of it.
 */
test('R8: the queued job holds the address and never a token: none exists before the job runs', async () => {
  await requestSignUp(api, 'queued@example.com')
  const jobs = await api.sql<{ payload: Record<string, string> }>(
    'select payload from graphile_worker._private_jobs',
  )
  expect(jobs).toHaveLength(1)
  expect(Object.keys(jobs[0]?.payload ?? {}).sort()).toEqual(['email', 'requestId', 'tokenId'])
  expect(await tokensOf('queued@example.com')).toEqual([])

  await api.worker.runDueJobs()
  const [mail] = api.mailbox.messages()
  expect(await tokensOf('queued@example.com')).toMatchObject([{ id: jobs[0]?.payload['tokenId'] }])
  // The row's id opens nothing.
  expect(await completeSignUp(api, jobs[0]?.payload['tokenId'] ?? '')).toMatchObject({ token: null })
  expect(await completeSignUp(api, mail?.links[0] ? new URL(mail.links[0]) : '')).toMatchObject({
    userErrors: [],
  })
})

test('R8: a mail that the server is too busy to take is sent later, once, and its token is not left open', async () => {
  api.mailbox.failNext(2)
  await requestSignUp(api, 'busy@example.com')
  await api.worker.runDueJobs()
  expect(await tokensOf('busy@example.com')).toEqual([])
  await retryJobs(api)
  expect(await tokensOf('busy@example.com')).toEqual([])
  await retryJobs(api)
  await retryJobs(api)
  expect(api.mailbox.messages()).toHaveLength(1)
  expect(await tokensOf('busy@example.com')).toHaveLength(1)
})

test('R8: tries that fail use up none of the mails that the address may get', async () => {
  const { email } = await createUser(api)
  api.mailbox.failNext(8)
  await requestSignUp(api, email)
  await api.worker.runDueJobs()
  for (let i = 0; i < 8; i += 1) await retryJobs(api)
  expect(api.mailbox.messages()).toHaveLength(1)
})

test('R8: while there is no mail server at all nothing is lost, and afterwards each mail arrives once', async () => {
  const smtpPort = await findFreePort()
  const alone = await createTestApi({ env: { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` } })
  try {
    const known = await createUser(alone)
    for (const email of ['down@example.com', known.email]) await requestSignUp(alone, email)
    await alone.worker.runDueJobs()
    await retryJobs(alone)
    expect(await alone.sql('select * from graphile_worker.jobs')).toHaveLength(2)

    const mailbox = await startMailbox({ smtpPort, httpPort: await findFreePort() })
    try {
      await retryJobs(alone)
      await retryJobs(alone)
      expect(mailbox.messages().map(({ to }) => to[0])).toHaveLength(2)
      expect(new Set(mailbox.messages().map(({ to }) => to[0]))).toEqual(
        new Set(['down@example.com', known.email]),
      )
    } finally {
      await mailbox.stop()
    }
  } finally {
    await alone.close()
  }
})

test('R8: a mail that will never be taken is given up, and leaves no token and no job', async () => {
  api.mailbox.failNext(1, 550)
  await requestSignUp(api, 'never@example.com')
  await api.worker.runDueJobs()
  expect(await tokensOf('never@example.com')).toEqual([])
  expect(await api.sql('select * from graphile_worker.jobs')).toEqual([])
})

test('R8: a worker that died after the token was written, and before the mail was, leaves one link and not two', async () => {
  await requestSignUp(api, 'died@example.com')
  const [job] = await api.sql<{ payload: { tokenId: string } }>(
    'select payload from graphile_worker._private_jobs',
  )
  const { tokens } = api.worker.services.identity
  await tokens.issue(api.worker.services.orm.em.fork(), {
    id: job?.payload.tokenId ?? '',
    purpose: 'SIGN_UP',
    email: 'died@example.com',
    now: new Date(api.clock.now().getTime() - HOUR),
  })
  await api.worker.runDueJobs()
  expect(await tokensOf('died@example.com')).toHaveLength(1)
  const [mail] = api.mailbox.messages()
  expect(await completeSignUp(api, new URL(mail?.links[0] ?? ''))).toMatchObject({ userErrors: [] })
})

test('R1: links asked for at once are at most three', async () => {
  for (let i = 0; i < 5; i += 1) await requestSignUp(api, 'at-once@example.com')
  await api.worker.runDueJobs()
  expect(await tokensOf('at-once@example.com')).toHaveLength(3)
  expect(api.mailbox.messages()).toHaveLength(3)
})

test('the mail says what it is for, in plain text first, with its link alone on a line', async () => {
  await requestSignUp(api, 'plain@example.com')
  await api.worker.runDueJobs()
  const [mail] = api.mailbox.messages()
  const link = mail?.links[0] ?? ''
  expect(mail?.subject).toBe('Finish signing up')
  expect(mail?.text.split('\n')).toContain(link)
  expect(mail?.text).toContain('Wellness & Sensory Connection Assistant')
  expect(mail?.text).toContain('within one hour')
  expect(new URL(link).search).toMatch(/^\?token=[\w-]{43}$/)
  expect(mail?.html).toContain(`<a href="${link}">${link}</a>`)
  expect(mail?.html).toContain('Wellness &amp; Sensory Connection Assistant')
  expect(mail?.html).not.toMatch(/<img|<script|https?:\/\/(?!localhost:3000)/)
})
