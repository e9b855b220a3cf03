import { LoginsDocument, MeDocument } from '@wellness/api-client/operations'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { addKeys } from './addKeys.ts'
import { ageProofs } from './ageProofs.ts'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

/** In another tab, while the first one stays as it is. */
async function signInBeside(page: Page, { email, password }: Person) {
  await page.context().clearCookies({ name: 'login' })
  const tab = await page.context().newPage()
  await tab.goto('/sign-in')
  await tab.getByLabel('E-mail address').fill(email)
  await tab.getByLabel('Password', { exact: true }).fill(password)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.waitForURL('**/today')
}

async function expectNothingDone(page: Page) {
  await page.getByRole('heading', { name: 'Somebody else is signed in here now' }).waitFor()
  await page.getByText('This page was open for another account, so nothing was done.').waitFor()
  await page.getByRole('link', { name: 'Go to the start page' }).waitFor()
}

async function readSubjects({ email }: Person): Promise<string[]> {
  return (await harness.mailTo(email)).map(({ subject }) => subject)
}

/**
 * Two people share a browser. The first leaves a page open, the second signs in in another tab and then finds the first
 * one's page: what the first had asked for would be done to the account of the second. With an address for the first
 * one's mail, the account of the second would be the first one's.
 */
describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('L8: the password of one person does not finish what another had asked for in the same browser', async () => {
    const [anna, bo] = [await harness.newPerson('Anna'), await harness.newPerson('Bo')]
    const page = await harness.newPageOf(anna, { javaScriptEnabled })
    const newEmail = harness.newAddress()
    await page.goto('/settings/email')
    await ageProofs(anna)
    await page.getByLabel('New e-mail address').fill(newEmail)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText(`We’ll send a link to ${newEmail}.`).waitFor()

    await signInBeside(page, bo)
    await ageProofs(bo)
    await page.getByLabel('Password', { exact: true }).fill(bo.password)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expectNothingDone(page)
    expect(await harness.mailTo(newEmail)).toEqual([])
    expect(await readSubjects(bo)).not.toContain('A change of e-mail address was requested')

    // Not even the proof was given: whoever is asked for it next is asked anew.
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail address').fill(newEmail)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.waitForURL('**/settings/confirm?kept=*')
  })

  test('L8: a form of one person’s settings does nothing to another who signed in since in the same browser', async () => {
    const [anna, bo] = [await harness.newPerson('Anna'), await harness.newPerson('Bo')]
    const elsewhere = await harness.newPageOf(bo, { javaScriptEnabled })
    const page = await harness.newPageOf(anna, { javaScriptEnabled })
    const newEmail = harness.newAddress()
    await addKeys(anna, ['Of Anna'])
    const forms = [
      {
        path: '/settings/keys/new',
        send: async (form: Page) => {
          await form.getByLabel('Name').fill('For Anna')
          await form.getByLabel('See your sessions').check()
          await form.getByRole('button', { name: 'Create key' }).click()
        },
      },
      {
        path: '/settings/keys',
        send: async (form: Page) => {
          await form.getByText('Revoke…').click()
          await form.getByRole('button', { name: 'Revoke this key' }).click()
        },
      },
      {
        path: '/settings/email',
        send: async (form: Page) => {
          await form.getByLabel('New e-mail address').fill(newEmail)
          await form.getByRole('button', { name: 'Send the link' }).click()
        },
      },
      {
        path: '/settings/devices',
        send: (form: Page) =>
          form.getByRole('button', { name: 'Sign out everywhere, including here' }).click(),
      },
      {
        path: '/settings/profile',
        send: async (form: Page) => {
          await form.getByLabel('Name').fill('Anna of the hills')
          await form.getByRole('button', { name: 'Save' }).click()
        },
      },
    ]
    const open = await Promise.all(
      forms.map(async ({ path }) => {
        const tab = await page.context().newPage()
        await tab.goto(path)
        return tab
      }),
    )
    await signInBeside(page, bo)
    for (const [index, { send }] of forms.entries()) {
      const tab = open[index]!
      await send(tab)
      await expectNothingDone(tab)
    }

    expect(await harness.mailTo(newEmail)).toEqual([])
    const { me } = await bo.api.request(LoginsDocument)
    expect(me?.logins).toHaveLength(3)
    expect(me?.apiKeys).toEqual([])
    expect((await anna.api.request(LoginsDocument)).me?.apiKeys).toHaveLength(1)
    expect((await bo.api.request(MeDocument)).me?.name).toBe('Bo')
    await elsewhere.goto('/today')
    await elsewhere.getByRole('heading', { name: 'Hello, Bo' }).waitFor()
  })
})
