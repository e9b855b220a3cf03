import { execFile } from 'node:child_process'
import { ApiKeysDocument } from '@wellness/api-client/operations'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { MINUTE } from '@wellness/domain/time'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { addKeys } from './addKeys.ts'
import { ageProofs } from './ageProofs.ts'
import { askForKey } from './askForKey.ts'
import { askWithKey } from './askWithKey.ts'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

const findKeys = async ({ api }: Person) => (await api.request(ApiKeysDocument)).me?.apiKeys ?? []

async function readSecret(page: Page): Promise<string> {
  await page.waitForURL('**/settings/keys/made')
  return page.getByLabel('Your new API key').inputValue()
}

async function readSecretAt(page: Page): Promise<string> {
  await page.goto('/settings/keys/made')
  return readSecret(page)
}

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('K3: a key is made, used by a script, seen to be used, revoked, and refused at the next request', async () => {
    const person = await harness.newPerson('Anna')
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys')
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor()
    await page.getByRole('link', { name: 'Create a key' }).click()
    await page.getByLabel('Name').fill('  Nightly copy ')
    await page.getByLabel('See who you are').check()
    await page.getByLabel('30 days').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    const secret = await readSecret(page)
    expect(secret).toMatch(/^wsk_[0-9A-Za-z]{49}$/)
    await page.getByText('“Nightly copy” is created.').waitFor()
    const [key] = await findKeys(person)
    expect(key).toMatchObject({ name: 'Nightly copy', scopes: ['PROFILE_READ'], lastUsedAt: null })
    const lifetimeMs = Date.parse(key?.expiresAt ?? '') - Date.parse(key?.createdAt ?? '')
    expect(lifetimeMs).toBe(30 * 24 * 60 * MINUTE)

    await page.getByRole('link', { name: 'I’ve copied it' }).click()
    const item = page.getByRole('listitem').filter({ hasText: 'Nightly copy' })
    const lastUsed = item.locator('dt:has-text("Last used") + dd')
    expect(await lastUsed.innerText()).toBe('Never')
    expect(await item.locator('dt:has-text("May") + dd').innerText()).toBe('See who you are')

    expect(await askWithKey(secret)).toMatchObject({ status: 200, data: { me: { name: 'Anna' } } })
    expect(await askWithKey(secret, '{ me { sessions(first: 1) { nodes { id } } } }')).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    })
    await page.reload()
    const instant = (await lastUsed.locator('time').getAttribute('datetime')) ?? ''
    expect(Date.now() - Date.parse(instant)).toBeLessThan(3 * MINUTE)

    await item.getByText('Revoke…').click()
    await item.getByText('Scripts that use it stop working at once').waitFor()
    expect(await askWithKey(secret)).toMatchObject({ status: 200 })
    await item.getByRole('button', { name: 'Revoke this key' }).click()
    await page.getByRole('status').getByText('That key is revoked.').waitFor()
    expect(await askWithKey(secret)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor()

    await page.goto('/settings/activity')
    await page.getByText('An API key was created').waitFor()
    await page.getByText('An API key was revoked').waitFor()
  })

  test('K1: without a recent proof the password is asked for, and the key is made right after', async () => {
    const person = await harness.newPerson('Anna')
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys/new')
    await ageProofs(person)
    await page.getByLabel('Name').fill('Two scopes')
    await page.getByLabel('See who you are').check()
    await page.getByLabel('See your sessions').check()
    await page.getByLabel('Never').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('An API key called “Two scopes” will be created.').waitFor()
    const confirm = async (password: string) => {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Confirm' }).click()
    }
    await confirm('certainly not this one')
    await page.getByRole('alert').waitFor()
    expect(await findKeys(person)).toEqual([])

    await confirm(person.password)
    const secret = await readSecret(page)
    expect(await askWithKey(secret)).toMatchObject({ data: { me: { name: 'Anna' } } })
    expect(await findKeys(person)).toMatchObject([
      { name: 'Two scopes', scopes: ['PROFILE_READ', 'SESSIONS_READ'], expiresAt: null },
    ])
    // Nothing of it waits any more.
    await page.goto('/settings/keys/new')
    expect(await page.getByRole('status').count()).toBe(0)
  })

  test('what was chosen before the login was over is still there after signing in, and nothing was made', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys/new')
    await page.context().clearCookies({ name: 'login' })
    await page.getByLabel('Name').fill('Interrupted')
    await page.getByLabel('See your sessions').check()
    await page.getByLabel('Run sessions for you').check()
    await page.getByLabel('1 year').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.waitForURL('**/sign-in?*')
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('What you chose is still here.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Interrupted')
    const checked = page.locator('input:checked')
    expect(await checked.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))).toEqual(
      ['SESSIONS_READ', 'SESSIONS_WRITE', '365'],
    )
    expect(await findKeys(person)).toEqual([])
  })

  test('all that is missing is told at once, beside what it is about, and what was chosen stays', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys/new')
    await page.getByLabel('1 year').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('Give the key a name').waitFor()
    await alert.getByRole('link', { name: 'Choose at least one thing the key may do.' }).click()
    await page.waitForFunction(() => document.activeElement?.id === 'scopes')
    expect(await page.getByLabel('1 year').isChecked()).toBe(true)
    await page.getByLabel('Name').fill('x'.repeat(101))
    await page.getByLabel('Run sessions for you').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByRole('alert').getByText('A name has at most 100 characters.').waitFor()
    expect(await page.getByLabel('Run sessions for you').isChecked()).toBe(true)
    expect(await page.getByLabel('See who you are').isChecked()).toBe(false)
    expect(await findKeys(person)).toEqual([])
  })

  test('a form that is sent twice makes one key, and whoever was not shown it is told so', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys/new')
    await page.getByLabel('Name').fill('Two clicks')
    await page.getByLabel('See who you are').check()
    const form: Record<string, string> = { name: 'Two clicks', scopes: 'PROFILE_READ', expiry: '90' }
    for (const name of ['userId', 'clientKeyId'])
      form[name] = (await page.locator(`input[name=${name}]`).getAttribute('value')) ?? ''
    const post = () =>
      page.request.post('/settings/keys/new', {
        form,
        headers: { origin: harness.webUrl },
        maxRedirects: 0,
      })
    const answers = await Promise.all([post(), post(), post()])
    expect(answers.map((answer) => [answer.status(), answer.headers()['location']])).toEqual(
      answers.map(() => [302, '/settings/keys/made']),
    )
    expect(await findKeys(person)).toHaveLength(1)

    // As the browser is led on whose first click was answered: it is shown the key.
    expect(await readSecretAt(page)).toMatch(/^wsk_/)
    // And as the one whose first click was not.
    await post()
    await page.goto('/settings/keys/made')
    await page.waitForURL('**/settings/keys')
    await page.getByText('the key was created once').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Two clicks' }).waitFor()
    expect(await findKeys(person)).toHaveLength(1)
  })

  test(`with ${API_KEYS_MAX} keys one is told to revoke one first, also by a form that was open before`, async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/keys/new')
    await addKeys(
      person,
      Array.from({ length: API_KEYS_MAX }, (_, index) => `Key ${index}`),
    )
    await page.getByLabel('Name').fill('One too many')
    await page.getByLabel('See who you are').check()
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText(`You have ${API_KEYS_MAX}`).waitFor()
    await page.goto('/settings/keys/new')
    await page.getByRole('link', { name: 'See your keys' }).click()
    await page.getByText('Revoke one to create another.').waitFor()
    expect(await page.getByRole('link', { name: 'Create a key' }).count()).toBe(0)
    expect(await findKeys(person)).toHaveLength(API_KEYS_MAX)
  })

  test('K6: who signs out all other devices, or everywhere, chooses whether keys are revoked as well', async () => {
    const person = await harness.newPerson('Anna')
    await harness.newPageOf(person)
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await askForKey(page, 'Nightly copy', 'See who you are')
    const secret = await readSecret(page)
    await page.goto('/settings/devices')
    await page.getByRole('listitem').filter({ hasText: 'Nightly copy' }).getByText('never used').waitFor()
    await page.getByRole('button', { name: 'Sign out all other devices' }).click()
    await page.getByRole('status').getByText('All other devices are signed out.').waitFor()
    expect(await askWithKey(secret)).toMatchObject({ status: 200 })

    await harness.newPageOf(person)
    await page.goto('/settings/devices')
    await page.getByLabel('Also revoke all API keys.').check()
    await page.getByRole('button', { name: 'Sign out all other devices' }).click()
    await page.getByRole('status').getByText('and your API keys are revoked.').waitFor()
    expect(await askWithKey(secret)).toMatchObject({ status: 401 })

    await askForKey(page, 'Another', 'See who you are')
    const another = await readSecret(page)
    await page.goto('/settings/devices')
    await ageProofs(person)
    await page.getByLabel('Also revoke all API keys.').check()
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByText('including this one. All your API keys will be revoked.').waitFor()
    expect(await askWithKey(another)).toMatchObject({ status: 200 })
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('You’re signed out on every device, and your API keys are revoked.').waitFor()
    expect(await askWithKey(another)).toMatchObject({ status: 401 })
  })
})

test('a key that expired is marked, and says why a script failed', async () => {
  const person = await harness.newPerson()
  await addKeys(person, ['Last month'], { areExpired: true })
  await addKeys(person, ['Without end'])
  const page = await harness.newPageOf(person)
  await page.goto('/settings/keys')
  const item = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await item('Last month').getByText('It no longer works.').waitFor()
  expect(await item('Without end').getByText('Expired').count()).toBe(0)
  expect(await item('Without end').locator('dt:has-text("Expires") + dd').innerText()).toBe('Never')
})

test('the key can be copied by its button', async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await askForKey(page, 'Copied', 'See who you are')
  const secret = await readSecret(page)
  await page.getByRole('button', { name: 'Copy the key' }).click()
  await page.getByRole('status').getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
})

test.each(['See who you are', 'See your sessions', 'Run sessions for you'])(
  'the example beside a new key that may “%s” runs as it stands',
  async (scope) => {
    const page = await harness.newPageOf(await harness.newPerson('Anna'))
    await askForKey(page, 'For the example', scope)
    const secret = await readSecret(page)
    const example = await page.locator('pre').innerText()
    const answer = await new Promise<string>((resolve, reject) => {
      const shell = execFile('bash', ['-c', example], (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      )
      shell.stdin?.end(`${secret}\n`)
    })
    const { data, errors } = JSON.parse(answer) as { data?: unknown; errors?: unknown }
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
  },
)
