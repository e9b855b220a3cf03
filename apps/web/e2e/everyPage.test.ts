import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  EndSessionDocument,
  LiveSessionDocument,
  StartSessionDocument,
} from '@wellness/api-client/operations'
import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addLapsedSession } from './addLapsedSession.ts'
import { useHarness } from './harness.ts'
import { lookAt } from './lookAt.ts'
import { openDone } from './openDone.ts'
import { openSent } from './openSent.ts'

const harness = useHarness()

const LONG_ADDRESS = `${'long-'.repeat(12)}@${'sub.'.repeat(40)}example.com`

/** Every page, in every state that looks different; each leaves the page on what is to be looked at. */
const strangersPages: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto('/'),
  'sign up': (page) => page.goto('/sign-up'),
  'sign up, refused': async (page) => {
    await page.goto('/sign-up')
    await page.getByLabel('E-mail address').fill('no-address')
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.getByRole('alert').waitFor()
  },
  'check your mail': (page) => openSent(page, '/sign-up/sent', LONG_ADDRESS),
  'sign in': (page) => page.goto('/sign-in?redirectTo=%2Fhistory'),
  'sign in, refused': async (page) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill('nobody@example.com')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
  },
  'sign in, with a new password': (page) =>
    openDone(page, '/sign-in', 'new-password', 'Your new password is set'),
  'sign in, signed out everywhere': (page) =>
    openDone(page, '/sign-in', 'signed-out-everywhere', 'You’re signed out on every device.'),
  goodbye: (page) => openDone(page, '/goodbye', 'account-deleted', 'Your account is deleted'),
  support: (page) => page.goto('/support'),
  privacy: (page) => page.goto('/privacy'),
  terms: (page) => page.goto('/terms'),
  'not found': (page) => page.goto('/nothing-here'),
}

/** Where the links of mails lead, and what is asked for them. */
const linkPages: Record<string, (page: Page) => Promise<unknown>> = {
  'choose a password': (page) => page.goto('/sign-up/complete?token=abc'),
  'choose a password, refused': async (page) => {
    await page.goto('/sign-up/complete?token=abc')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.getByRole('alert').waitFor()
  },
  'a link that is spent': async (page) => {
    await page.goto('/sign-up/complete?token=abc')
    await page.getByLabel('Password', { exact: true }).fill('an old tree by the river')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  },
  'a link cut short': (page) => page.goto('/sign-up/complete'),
  'forgot the password': (page) => page.goto('/reset-password'),
  'forgot the password, refused': async (page) => {
    await page.goto('/reset-password')
    await page.getByLabel('E-mail address').fill('no-address')
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.getByRole('alert').waitFor()
  },
  'a reset link was sent': (page) => openSent(page, '/reset-password/sent', LONG_ADDRESS),
  'a reset link cut short': (page) => page.goto('/reset-password/complete'),
  'choose a new password': (page) => page.goto('/reset-password?token=abc'),
  'choose a new password, link spent': async (page) => {
    await page.goto('/reset-password/complete?token=abc')
    await page.getByLabel('New password', { exact: true }).fill('an old tree by the river')
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  },
  'confirm an address': (page) => page.goto('/confirm-email?token=abc'),
  'confirm an address, link spent': async (page) => {
    await page.goto('/confirm-email?token=abc')
    await page.getByRole('button', { name: 'Use this address' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  },
  'an address is confirmed': (page) =>
    openDone(page, '/confirm-email', 'new-address', 'Your address is changed'),
  'not me': (page) => page.goto('/security/not-me?token=abc'),
  'not me, link spent': async (page) => {
    await page.goto('/security/not-me?token=abc')
    await page.getByRole('button', { name: 'This wasn’t me' }).click()
    await page.getByRole('link', { name: 'Choose a new password' }).waitFor()
  },
  'not me, done': (page) => openDone(page, '/security/not-me', 'locked-out', 'They’re locked out'),
  'not me, done, without a link': (page) =>
    openDone(page, '/security/not-me', 'locked-out-without-link', 'We haven’t sent you a link'),
}

const ownPages: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto('/'),
  'today, before any session': (page) => page.goto('/today'),
  'history, empty': (page) => page.goto('/history'),
  'today, with a live session': async (page) => {
    await page.goto('/today')
    await page.getByRole('button', { name: 'Start a session' }).click()
    await page.waitForURL('**/session')
    await page.goto('/today')
  },
  session: (page) => page.goto('/session'),
  'session, over': async (page) => {
    await page.goto('/session')
    await page.getByRole('button', { name: 'End the session' }).click()
    await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
  },
  'today, with sessions': (page) => page.goto('/today'),
  history: (page) => page.goto('/history'),
  'today, with a name as long as can be, without a space to break at': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('W'.repeat(NAME_MAX_LENGTH))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your name is saved.').waitFor()
    await page.goto('/today')
  },
  'sign out': (page) => page.goto('/sign-out'),
}

test('every page of a stranger is without fault', { timeout: 180_000 }, async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  expect(await lookAt(page, strangersPages, harness.webUrl)).toEqual({})
})

test('every page behind the link of a mail is without fault', { timeout: 180_000 }, async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  expect(await lookAt(page, linkPages, harness.webUrl)).toEqual({})
})

test('every page of a signed-in person is without fault', { timeout: 180_000 }, async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  expect(await lookAt(page, ownPages, harness.webUrl)).toEqual({})
})

test('what one sees in rarer hours is without fault', { timeout: 180_000 }, async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  const faults = await lookAt(
    page,
    {
      'today, after a session closed itself': async () => {
        await addLapsedSession(person)
        await page.goto('/today')
        await page.getByRole('button', { name: 'Got it' }).waitFor()
      },
      'history, the middle one of its pages': async () => {
        for (let count = 0; count < 41; count++) {
          const { startSession } = await person.api.request(StartSessionDocument, { input: {} })
          await person.api.request(EndSessionDocument, { input: { id: startSession.session?.id ?? '' } })
        }
        await page.goto('/history')
        await page.getByRole('link', { name: 'Older', exact: true }).click()
        await page.getByRole('link', { name: 'Newer', exact: true }).waitFor()
      },
      'session, without scripts': async () => {
        await page.goto('/today')
        await page.getByRole('button', { name: 'Start a session' }).click()
        await page.waitForURL('**/session')
        // Ours alone: axe is a script too.
        await page.route('**/assets/*.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: '' }),
        )
        await page.goto('/session')
        await page.getByRole('button', { name: 'I’m still here' }).waitFor()
      },
      'session, asked for while signed out': async () => {
        await page.unroute('**/assets/*.js')
        await page.goto('/session')
        const live = (await person.api.request(LiveSessionDocument)).me?.liveSession
        const { origin } = new URL(page.url())
        await page.context().addCookies([{ name: 'undone', value: `end:${live?.id}`, url: origin }])
        await page.goto('/session')
        await page.getByText('You were signed out before this was done.').waitFor()
        await person.api.request(EndSessionDocument, { input: { id: live?.id ?? '' } })
      },
    },
    harness.webUrl,
  )
  expect(faults).toEqual({})
})

test('pages that cannot be shown are without fault', { timeout: 120_000 }, async () => {
  const broken = createServer((_request, response) =>
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end(JSON.stringify({ errors: [{ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })),
  )
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
  try {
    const apiUrl = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`
    const web = await harness.startWeb({ API_URL: apiUrl })
    const page = await harness.newPage({ baseURL: web.url })
    await page.context().addCookies([{ name: 'login', value: 'a'.repeat(43), url: web.url }])
    const faults = await lookAt(
      page,
      {
        'something went wrong': async () => {
          await page.goto('/today')
          await page.getByRole('heading', { name: 'Something went wrong on our side' }).waitFor()
        },
        'the API is away': async () => {
          broken.close()
          broken.closeAllConnections()
          await page.goto('/today')
          await page.getByRole('heading', { name: 'We can’t reach our server just now' }).waitFor()
        },
      },
      web.url,
    )
    expect(faults).toEqual({})
  } finally {
    broken.close()
  }
})

test('help stands at the same place on every page, also on the one that says there is none', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, viewport: { width: 1280, height: 800 } })
  const places = new Set<string>()
  for (const path of ['/', '/sign-in', '/sign-up', '/support', '/privacy', '/nothing-here']) {
    await page.goto(path)
    const box = await page.getByRole('link', { name: 'Need support now?' }).boundingBox()
    places.add(`${box?.x},${box?.y}`)
  }
  expect([...places]).toHaveLength(1)
})
