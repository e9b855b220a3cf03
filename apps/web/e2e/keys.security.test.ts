import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { askForKey } from './askForKey.ts'
import { askWithKey } from './askWithKey.ts'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

async function readSecret(page: Page): Promise<string> {
  await page.waitForURL('**/settings/keys/made')
  return page.getByLabel('Your new API key').inputValue()
}

/** What a page shows, and what its source, its scripts' memory of it and its fields hold. */
async function readAll(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value))
  return [page.url(), await page.content(), ...fields].join('\n')
}

/** Posts the form for a new key as a browser does, and follows nothing. */
async function postForm(login: string, userId: string): Promise<Response> {
  return fetch(`${harness.webUrl}/settings/keys/new`, {
    method: 'POST',
    body: new URLSearchParams({
      userId,
      name: 'Caught',
      scopes: 'PROFILE_READ',
      expiry: '30',
      clientKeyId: crypto.randomUUID(),
    }),
    headers: { origin: harness.webUrl, cookie: login },
    redirect: 'manual',
  })
}

async function findLogin(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return `login=${cookies.find(({ name }) => name === 'login')?.value}`
}

async function signInOn(person: Person): Promise<{ login: string; userId: string }> {
  const page = await harness.newPageOf(person)
  await page.goto('/settings/keys/new')
  const userId = await page.locator('input[name=userId]').inputValue()
  return { login: await findLogin(page), userId }
}

const openMade = (cookie: string) =>
  fetch(`${harness.webUrl}/settings/keys/made`, { headers: { cookie }, redirect: 'manual' })

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  /**
   * Somebody comes to a device that was left open and looks for a key that was made there: by loading the page again, by Back,
   * in the history of addresses, in cookies, in the source of other pages; or finds it in the log of the web app.
   */
  test('K2: the secret of a key is shown once, and stays nowhere', async () => {
    const { apiUrl, webApiSecret } = inject('product')
    const web = await harness.startWeb({ API_URL: apiUrl, WEB_API_SECRET: webApiSecret })
    const page = await harness.newPageOf(await harness.newPerson(), { javaScriptEnabled, webUrl: web.url })
    const addresses: string[] = []
    const kept: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.startsWith('/settings/')) {
        kept.push(...(response.headers()['cache-control'] === 'no-store' ? [] : [response.url()]))
      }
    })
    await askForKey(page, 'Once', 'See who you are')
    const secret = await readSecret(page)
    expect(await askWithKey(secret)).toMatchObject({ status: 200 })
    const jar = async () => JSON.stringify(await page.context().cookies())
    expect(await jar()).not.toMatch(/wsk_|new-key/)

    await page.getByRole('link', { name: 'I’ve copied it' }).click()
    await page.getByRole('heading', { name: 'API keys' }).waitFor()
    expect(await readAll(page)).not.toContain(secret)
    await page.goBack()
    await page.getByText('A key is shown only once').waitFor()
    expect(await readAll(page)).not.toContain(secret)

    await askForKey(page, 'Twice', 'See who you are')
    const second = await readSecret(page)
    expect(second).not.toBe(secret)
    await page.reload()
    await page.getByText('A key is shown only once').waitFor()
    expect(await readAll(page)).not.toContain(second)
    for (const path of ['/settings/keys', '/settings/keys/made', '/settings/devices', '/today']) {
      await page.goto(path)
      const all = await readAll(page)
      for (const one of [secret, second]) expect(all).not.toContain(one)
    }
    expect(addresses.join('\n')).not.toContain('wsk_')
    expect(kept).toEqual([])
    await web.stop()
    expect(web.log()).toContain('/settings/keys/made')
    expect(web.log()).not.toContain('wsk_')
  })
})

/** Browsers that keep a page as it was left show it again on Back, whatever its headers say. */
test('K2: a page that is left holds the secret no longer, even where a browser keeps it', async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  await askForKey(page, 'Left', 'See who you are')
  const secret = await readSecret(page)
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  await page.getByText('is shown only once').waitFor()
  expect(await readAll(page)).not.toContain(secret)
})

/**
 * On its way to its page the secret is in a cookie. Whoever reads the disk of the device, or signs in on it within that minute,
 * has the cookie and not the login it was made with.
 */
test('K2: the cookie on its way holds no secret that can be read, and shows nothing to another person', async () => {
  const [anna, bo] = [await harness.newPerson('Anna'), await harness.newPerson('Bo')]
  const [own, other] = [await signInOn(anna), await signInOn(bo)]
  const answer = await postForm(own.login, own.userId)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/settings/keys/made'])
  const set = answer.headers.getSetCookie().find((text) => text.startsWith('new-key=')) ?? ''
  expect(set).toMatch(/; Max-Age=60; HttpOnly; SameSite=Lax/)
  const [carried = ''] = set.split(';')
  const text = Buffer.from(carried.replace('new-key=', ''), 'base64url').toString('latin1')
  for (const form of [carried, text]) expect(form).not.toMatch(/wsk_|key_/)

  const strangers = await openMade(`${other.login}; ${carried}`)
  expect([strangers.status, strangers.headers.get('location')]).toEqual([302, '/settings/keys'])
  expect(strangers.headers.getSetCookie().join()).toContain('new-key=; Path=/; Max-Age=0')
  const nobodys = await openMade(carried)
  expect(nobodys.headers.get('location')).toContain('/sign-in')

  const shown = await openMade(`${own.login}; ${carried}`)
  expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(shown.headers.getSetCookie().join()).toContain('new-key=; Path=/; Max-Age=0')
  expect(await shown.text()).toMatch(/wsk_[0-9A-Za-z]{49}/)
})

/** Whoever can write a cookie could otherwise have a person store a key of theirs, and read what is done with it. */
test('K2: what we did not seal is no key', async () => {
  const { login, userId } = await signInOn(await harness.newPerson())
  const answer = await postForm(login, userId)
  const [sealed = ''] = (
    answer.headers.getSetCookie().find((text) => text.startsWith('new-key=')) ?? ''
  ).split(';')
  const middle = Math.floor(sealed.length / 2)
  const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1)
  const plain = Buffer.from(
    JSON.stringify({ keyId: 'key_x', secret: `wsk_${'a'.repeat(49)}`, until: Date.now() + 60_000 }),
  )
  const forged = [changed, 'new-key=', 'new-key=abc', `new-key=${'A'.repeat(200)}`]
  for (const cookie of [...forged, `new-key=${plain.toString('base64url')}`]) {
    const response = await openMade(`${login}; ${cookie}`)
    expect([response.status, response.headers.get('location')], cookie).toEqual([302, '/settings/keys'])
  }
  expect((await openMade(`${login}; ${sealed}`)).status).toBe(200)
})
