import type { Page } from 'playwright-core'
import {
  EndSessionDocument,
  LiveSessionDocument,
  MeDocument,
  StartSessionDocument,
  UpdateProfileDocument,
} from '@wellness/api-client/operations'
import { describe, expect, test } from 'vitest'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

const STALE = 'a'.repeat(43)

async function setLogin(page: Page, value: string) {
  await page
    .context()
    .addCookies([{ name: 'login', value, url: harness.webUrl, httpOnly: true, sameSite: 'Lax' }])
}

async function personNamed(name: string): Promise<Person> {
  const person = await harness.sharedPerson()
  await person.api.request(UpdateProfileDocument, { input: { name } })
  return person
}

async function findLogin(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'login')?.value
}

/** Two tabs: one renews the login while a request of the other is still under way with the old token. */
test('L12: a form that was sent with a token that another tab just renewed is done with the new one', async () => {
  const person = await personNamed('Before')
  const page = await harness.newPageOf(person)
  const renewed = (await findLogin(page)) ?? ''
  await page.goto('/settings/profile')
  await page.getByLabel('Name').fill('After')

  await setLogin(page, STALE)
  const posts: (string | undefined)[] = []
  await page.route('**/settings/profile.data*', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 })
    if (route.request().method() === 'POST') {
      posts.push((await route.request().allHeaders())['cookie'])
      await setLogin(page, renewed)
    }
    await route.fulfill({ response })
  })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Your name is saved.').waitFor()

  expect(posts.length).toBe(2)
  expect((await person.api.request(MeDocument)).me?.name).toBe('After')
  expect(await findLogin(page)).toBe(renewed)
})

test('L12: without JavaScript the same: the browser is sent to post the form again, and reads its cookie anew', async () => {
  const person = await personNamed('Before')
  const page = await harness.newPageOf(person)
  const renewed = await findLogin(page)
  const userId = (await person.api.request(MeDocument)).me?.id ?? ''
  const post = (cookie: string) =>
    fetch(`${harness.webUrl}/settings/profile`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'After', userId }),
      headers: { cookie, origin: harness.webUrl },
      redirect: 'manual',
    })

  const refused = await post(`login=${STALE}`)
  expect(refused.status).toBe(307)
  expect(refused.headers.get('location')).toBe('/settings/profile')
  const [mark = '', ...others] = refused.headers.getSetCookie().map((text) => text.split(';')[0])
  expect(mark).toMatch(/^refused=/)
  expect(others).toEqual([])

  const repeated = await post(`login=${renewed}; ${mark}`)
  expect(repeated.headers.get('location')).toBe('/settings/profile')
  expect((await person.api.request(MeDocument)).me?.name).toBe('After')
})

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('L12: a refused token is never cleared, and what was typed is there again after signing in', async () => {
    const person = await personNamed('Before')
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('Åsa “Quiet” Ångström')
    await setLogin(page, STALE)
    await page.getByRole('button', { name: 'Save' }).click()

    await page.waitForURL('**/sign-in?redirectTo=%2Fsettings%2Fprofile%3Fkept%3D*')
    expect(await findLogin(page)).toBe(STALE)
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.waitForURL('**/settings/profile?kept=*')
    await page.getByText('What you typed is still here.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Åsa “Quiet” Ångström')
    expect((await person.api.request(MeDocument)).me?.name).toBe('Before')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your name is saved.').waitFor()
  })

  test.each(['a login that is over', 'no login any more'])(
    'with %s nothing is started, ended or kept alive unseen: after signing in the page says what was not done',
    async (how) => {
      const person = await harness.sharedPerson()
      const page = await harness.newPageOf(person, { javaScriptEnabled })
      const readLive = async () => (await person.api.request(LiveSessionDocument)).me?.liveSession ?? null
      const pressSignedOut = async (path: string, button: string, text: string) => {
        await page.goto(path)
        await page.getByRole('button', { name: button, exact: true }).waitFor()
        if (how === 'no login any more') await page.context().clearCookies({ name: 'login' })
        else await setLogin(page, STALE)
        await page.getByRole('button', { name: button, exact: true }).click()
        await page.waitForURL(`**/sign-in?redirectTo=${encodeURIComponent(path)}`)
        await page.getByLabel('E-mail address').fill(person.email)
        await page.getByLabel('Password', { exact: true }).fill(person.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.waitForURL(`**${path}`)
        await page.getByText(`You were signed out before this was done. ${text}`).waitFor()
        await page.reload()
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await page.getByText('You were signed out before').count()).toBe(0)
      }

      await pressSignedOut('/today', 'Start a session', 'No session was started.')
      expect(await readLive()).toBeNull()
      const { startSession } = await person.api.request(StartSessionDocument, { input: {} })
      const id = startSession.session?.id ?? ''
      try {
        await pressSignedOut('/today', 'End it', 'Your session is still running.')
        await pressSignedOut(
          '/today',
          'End it and start a new one',
          'Your session is still running, and no new one was started.',
        )
        await pressSignedOut('/session', 'End the session', 'Your session is still running.')
        expect((await readLive())?.id).toBe(id)
      } finally {
        await person.api.request(EndSessionDocument, { input: { id } })
      }
    },
  )

  test('what was typed is not shown to somebody else who signs in on the device', async () => {
    const [person, stranger] = [await personNamed('Anna'), await harness.newPerson('Bo')]
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('A private name')
    await setLogin(page, STALE)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL('**/sign-in?redirectTo=%2Fsettings%2Fprofile%3Fkept%3D*')

    await page.getByLabel('E-mail address').fill(stranger.email)
    await page.getByLabel('Password', { exact: true }).fill(stranger.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/settings/profile')
    expect(await page.getByLabel('Name').inputValue()).toBe('Bo')
  })

  test('a login that is over asks to sign in from every page, without a loop, and comes back there', async () => {
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    await setLogin(page, STALE)
    const settings = ['profile', 'password', 'email', 'devices', 'activity', 'data', 'data/delete', 'confirm']
    for (const path of ['/today', '/session', '/history', ...settings.map((name) => `/settings/${name}`)]) {
      await page.goto(path)
      expect(new URL(page.url()).searchParams.get('redirectTo')).toBe(path)
    }
  })
})

test('a login that is over asks to sign in also where a link is followed without a reload', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await page.goto('/today')
  await setLogin(page, STALE)
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await page.waitForURL('**/sign-in?redirectTo=%2Fhistory')
  expect(await findLogin(page)).toBe(STALE)
})
