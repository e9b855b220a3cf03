import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { explorerPage } from './explorerPage.ts'
import { findFaults } from './findFaults.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

test(
  'copies a command that answers in a shell as it did here, without any credential in it',
  { timeout: 60_000 },
  async () => {
    const person = await harness.newPerson()
    const key = await explorerPage.createKey(person, ['PROFILE_READ', 'SESSIONS_READ'])
    const page = await explorerPage.open(
      await harness.newPageOf(person, { permissions: ['clipboard-read', 'clipboard-write'] }),
    )
    await explorerPage.useKey(page, key)
    for (const title of ['Who am I', 'Page through the history']) {
      const { data } = await explorerPage.runExample(page, title)
      expect(data).toMatchObject({ me: expect.anything() as unknown })
      await page.getByRole('button', { name: 'Copy as curl' }).click()
      await page.getByRole('button', { name: 'Copied: put your key' }).waitFor()
      const command = await page.evaluate(() => navigator.clipboard.readText())
      expect(command).not.toContain(key)
      const { stdout } = await promisify(execFile)('bash', ['-c', command], {
        env: { NODE_ENV: 'test', WELLNESS_API_KEY: key },
      })
      expect((JSON.parse(stdout) as { data: unknown }).data).toEqual(data)
    }
  },
)

/** A command without the variables that were written would ask for something else than was run. */
test('copies no command while the variables are no JSON, and says so', { timeout: 60_000 }, async () => {
  const page = await explorerPage.open(
    await harness.newPageOf(await harness.sharedPerson(), {
      permissions: ['clipboard-read', 'clipboard-write'],
    }),
  )
  await page.getByRole('button', { name: 'Page through the history' }).click()
  await page.evaluate(() => navigator.clipboard.writeText('as before'))
  await page.getByRole('textbox', { name: 'Variables' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{ "first": ')
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await page.getByText('Not copied: the variables are not a JSON object.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('as before')
  expect((await findFaults(page)).filter((fault) => !fault.startsWith('nested-interactive'))).toEqual([])
})
