import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LiveSessionDocument, MeDocument, StartSessionDocument } from '@wellness/api-client/operations'
import type { Page } from 'playwright-core'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { ageProofs } from './ageProofs.ts'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

async function findCookie(page: Page, name: string): Promise<string | undefined> {
  return (await page.context().cookies()).find((cookie) => cookie.name === name)?.value
}

async function confirm(page: Page, { password }: Person) {
  await page.waitForURL('**/settings/confirm?kept=*')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Confirm' }).click()
}

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Sign-outs of today, as the API writes them. */
async function addEvents({ email }: Person, count: number) {
  const client = new pg.Client(inject('product').databaseUrl)
  await client.connect()
  try {
    await client.query(
      `insert into security_events (id, user_id, kind, occurred_at, ip_address)
       select gen_random_uuid(), id, 'SIGNED_OUT', now(), '203.0.113.7' from users, generate_series(1, $2)
       where email = $1`,
      [email, count],
    )
  } finally {
    await client.end()
  }
}

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('R5: another address is asked for after a proof, confirmed by its link, and signs one in from then on', async () => {
    const person = await harness.newPerson('Anna')
    const device = await harness.newPageOf(person, { javaScriptEnabled })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    const newEmail = harness.newAddress()
    await page.goto('/settings/email')
    await ageProofs(person)
    await page.getByLabel('New e-mail address').fill(newEmail)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText(`We’ll send a link to ${newEmail}.`).waitFor()
    await confirm(page, person)
    await page.waitForURL('**/settings/email')
    await page.getByRole('status').getByText(newEmail).waitFor()

    const link = await harness.waitForLink(newEmail, '/confirm-email')
    await page.goto(link)
    await page.getByRole('heading', { name: 'Use this address?' }).waitFor()
    await page.getByRole('main').getByText(person.email).waitFor()
    const deviceToken = await findCookie(page, 'device')
    // Opening it has changed nothing, and the old address was told.
    expect((await person.api.request(MeDocument)).me?.email).toBe(person.email)
    const readSubjects = async () => (await harness.mailTo(person.email)).map(({ subject }) => subject)
    await expect.poll(readSubjects).toContain('A change of e-mail address was requested')

    await page.getByRole('button', { name: 'Use this address' }).click()
    await page.getByRole('heading', { name: 'Your address is changed' }).waitFor()
    await page.getByRole('main').getByText(newEmail).waitFor()
    // The other devices are new ones from now on; this one is known by a token of its own.
    expect(await findCookie(page, 'device')).not.toBe(deviceToken)
    await page.getByRole('link', { name: 'Go to Today' }).click()
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
    await device.goto('/today')
    await device.waitForURL('**/sign-in?*')
    await signIn(device, person.email, person.password)
    await device.getByRole('alert').waitFor()
    await signIn(device, newEmail, person.password)
    await device.getByRole('heading', { name: 'Hello, Anna' }).waitFor()

    await page.goto(link)
    await page.getByRole('button', { name: 'Use this address' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  })

  test('R5: the link alone is enough, also where a login is over or there is none', async () => {
    for (const login of [null, 'a'.repeat(43)]) {
      const person = await harness.newPerson('Anna')
      const newEmail = harness.newAddress()
      const asking = await harness.newPageOf(person)
      const userId = (await person.api.request(MeDocument)).me?.id ?? ''
      await asking.request.post('/settings/email', {
        form: { newEmail, userId },
        headers: { origin: harness.webUrl },
      })
      const page = await harness.newPage({ javaScriptEnabled })
      if (login) await page.context().addCookies([{ name: 'login', value: login, url: harness.webUrl }])
      await page.goto(await harness.waitForLink(newEmail, '/confirm-email'))
      await page.getByRole('button', { name: 'Use this address' }).click()
      await page.getByRole('heading', { name: 'Your address is changed' }).waitFor()
      await page.getByText('You’re signed out on all your devices.').waitFor()
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor()
      await asking.goto('/today')
      await asking.waitForURL('**/sign-in?*')
    }
  })

  test('R7: a person downloads everything about them, after a proof, as a file that says it is not encrypted', async () => {
    const person = await harness.newPerson('Anna')
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/data')
    await page.getByText('The file is not encrypted').waitFor()
    await ageProofs(person)
    await page.getByRole('button', { name: 'Download my data' }).click()
    await page.getByText('Then you can download a copy of your data.').waitFor()
    await confirm(page, person)
    await page.getByText('Thank you. You can download your copy now.').waitFor()

    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download my data' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('wellness-account.json')
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain(person.email)
    expect(JSON.parse(text)).toHaveProperty('manifest')

    await page.goto('/settings/activity')
    await page.getByText('A copy of your data was downloaded').waitFor()
  })

  test('L8: a download that was asked for after the login was over is offered after signing in', async () => {
    const person = await harness.sharedPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/data')
    await page.context().clearCookies({ name: 'login' })
    await page.getByRole('button', { name: 'Download my data' }).click()
    await page.waitForURL('**/sign-in?*')
    await signIn(page, person.email, person.password)
    await page.waitForURL('**/settings/data?kept=*')
    await page.getByText('Thank you. You can download your copy now.').waitFor()
  })

  test('R7: whoever deletes their account types the address, proves who they are, is asked once more, and is gone', async () => {
    const person = await harness.newPerson('Anna')
    await person.api.request(StartSessionDocument, { input: {} })
    const device = await harness.newPageOf(person, { javaScriptEnabled })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/data')
    await page.getByRole('link', { name: 'Delete my account…' }).click()
    await page.getByLabel('Type your e-mail address').fill(harness.newAddress())
    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByRole('alert').waitFor()

    await ageProofs(person)
    await page.getByLabel('Type your e-mail address').fill(person.email.toUpperCase())
    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByText('We’ll ask once more before anything is deleted.').waitFor()
    await confirm(page, person)
    await page.getByText('Nothing has been deleted yet.').waitFor()
    expect((await person.api.request(LiveSessionDocument)).me?.liveSession).not.toBeNull()

    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByRole('heading', { name: 'Goodbye, and take care' }).waitFor()
    const names = (await page.context().cookies()).map(({ name }) => name)
    expect(names.filter((name) => ['login', 'device', 'kept-forms'].includes(name))).toEqual([])
    expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(1)
    await expect(person.api.request(MeDocument)).rejects.toMatchObject({ status: 401 })
    await device.goto('/today')
    await device.waitForURL('**/sign-in?*')
    await signIn(device, person.email, person.password)
    await device.getByRole('alert').waitFor()
  })

  test('R6: what happened to an account stands in its activity, newest first, in words and in pages', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await addEvents(person, 21)
    await page.request.post('/sign-in', {
      form: { email: person.email, password: 'certainly not this one' },
      headers: { origin: harness.webUrl },
    })
    await page.goto('/settings/activity')
    await page.getByRole('listitem').filter({ hasText: '203.0.113.7' }).first().waitFor()
    await page.getByRole('link', { name: 'Older', exact: true }).click()
    const created = page.getByText('You created your account')
    await created.waitFor()
    await page.getByRole('link', { name: 'Newer', exact: true }).click()
    await created.waitFor({ state: 'detached' })
    await page.goto('/settings/activity?after=made-up')
    await page.waitForURL('**/settings/activity')
  })
})

test('a download while the API is away says so, on the page it was asked for on', async () => {
  const { web, gate } = await harness.startGatedWeb()
  const page = await harness.newPageOf(await harness.sharedPerson(), { webUrl: web.url })
  gate.shut()
  const answer = await page.request.post('/settings/data/export', {
    form: { userId: 'user_x' },
    headers: { origin: web.url },
    maxRedirects: 0,
  })
  expect(answer.headers()['location']).toBe('/settings/data')
  await gate.open()
  await page.goto('/settings/data')
  await page.getByText('We can’t reach our server just now, so there’s no file yet.').waitFor()
})

/** A long history must fill no memory on its way, and a file that was cut short must not look whole. */
test('the copy is passed on as it comes, and breaks off where the API breaks off', async () => {
  const answers: ServerResponse[] = []
  const api = createServer((_request, response) => {
    answers.push(response.writeHead(200, { 'content-type': 'application/json' }))
    response.write('{"first":1,')
  })
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  try {
    const web = await harness.startWeb({
      API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    })
    for (const isWhole of [true, false]) {
      const response = await fetch(`${web.url}/settings/data/export`, {
        method: 'POST',
        body: new URLSearchParams({ userId: 'user_x' }),
        headers: { origin: web.url, cookie: `login=${'a'.repeat(43)}` },
      })
      expect(response.headers.get('content-disposition')).toContain('attachment')
      expect(response.headers.get('cache-control')).toBe('no-store')
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      expect((await reader.read()).value).toBe('{"first":1,')
      if (isWhole) {
        answers.at(-1)?.end('"last":2}')
        expect((await reader.read()).value).toBe('"last":2}')
        expect((await reader.read()).done).toBe(true)
      } else {
        answers.at(-1)?.destroy()
        await expect(reader.read()).rejects.toThrow()
      }
    }
  } finally {
    api.closeAllConnections()
    api.close()
  }
})

/** Another site makes a signed-in browser fetch the file, or follow a link to it. */
test('the copy of a person’s data is handed out for a form of our own alone', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  const linked = await page.request.get('/settings/data/export', { maxRedirects: 0 })
  expect([linked.status(), linked.headers()['location']]).toEqual([302, '/settings/data'])
  const posted = await page.request.post('/settings/data/export', {
    form: { userId: 'user_x' },
    headers: { origin: 'https://evil.example' },
  })
  expect(posted.status()).toBe(403)
})
