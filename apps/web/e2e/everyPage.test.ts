import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import {
  EndSessionDocument,
  LiveSessionDocument,
  LoginsDocument,
  StartSessionDocument,
} from '@wellness/api-client/generated/graphql'
import { NAME_MAX_LENGTH } from '@wellness/domain/limits'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addLapsedSession } from './addLapsedSession.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

const PHONE = { width: 320, height: 640 }
const DESKTOP = { width: 1280, height: 800 }
/** As long as names can be, without a space to break at. */
const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(7)

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
  'look at your mail': (page) => page.goto('/sign-up/sent'),
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
  'sign in': (page) => page.goto('/sign-in?redirectTo=%2Fhistory'),
  'sign in, refused': async (page) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill('nobody@example.com')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
  },
  'sign in, with a new password': (page) => page.goto('/sign-in?new-password'),
  'sign in, signed out everywhere': (page) => page.goto('/sign-in?signed-out=everywhere'),
  'forgot the password': (page) => page.goto('/reset-password'),
  'forgot the password, refused': async (page) => {
    await page.goto('/reset-password')
    await page.getByLabel('E-mail address').fill('no-address')
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.getByRole('alert').waitFor()
  },
  'a reset link was sent': (page) => page.goto('/reset-password/sent'),
  'a reset link cut short': (page) => page.goto('/reset-password/complete'),
  'choose a new password': (page) => page.goto('/reset-password?token=abc'),
  'choose a new password, link spent': async (page) => {
    await page.goto('/reset-password/complete?token=abc')
    await page.getByLabel('New password', { exact: true }).fill('an old tree by the river')
    await page.getByRole('button', { name: 'Set the new password' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  },
  'confirm an address': (page) => page.goto('/confirm-email?token=abc'),
  'confirm an address, link spent': async (page) => {
    await page.goto('/confirm-email?token=abc')
    await page.getByRole('button', { name: 'Use this address' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor()
  },
  'an address is confirmed': (page) => page.goto('/confirm-email?done'),
  'not me': (page) => page.goto('/security/not-me?token=abc'),
  'not me, link spent': async (page) => {
    await page.goto('/security/not-me?token=abc')
    await page.getByRole('button', { name: 'This wasn’t me' }).click()
    await page.getByRole('link', { name: 'Choose a new password' }).waitFor()
  },
  'not me, done': (page) => page.goto('/security/not-me?done'),
  goodbye: (page) => page.goto('/goodbye'),
  support: (page) => page.goto('/support'),
  privacy: (page) => page.goto('/privacy'),
  terms: (page) => page.goto('/terms'),
  'not found': (page) => page.goto('/nothing-here'),
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
  profile: (page) => page.goto('/settings/profile'),
  'profile, refused': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('a'.repeat(NAME_MAX_LENGTH + 1))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').waitFor()
  },
  'profile, saved': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill(LONG_NAME)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your name is saved.').waitFor()
  },
  password: (page) => page.goto('/settings/password'),
  'password, refused': async (page) => {
    await page.goto('/settings/password')
    await page.getByLabel('Current password', { exact: true }).fill('wrong')
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByRole('alert').waitFor()
  },
  'password, changed': (page) => page.goto('/settings/password?changed'),
  'e-mail': (page) => page.goto('/settings/email'),
  'e-mail, refused': async (page) => {
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail address').fill('no-address')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('alert').waitFor()
  },
  'e-mail, asked for': async (page) => {
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail address').fill(`${'long-'.repeat(12)}@${'sub.'.repeat(40)}example.com`)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('A mail is on its way').waitFor()
  },
  devices: (page) => page.goto('/settings/devices'),
  activity: (page) => page.goto('/settings/activity'),
  'your data': (page) => page.goto('/settings/data'),
  'your data, no file yet': (page) => page.goto('/settings/data?failed=away'),
  'delete the account': (page) => page.goto('/settings/data/delete'),
  'delete the account, refused': async (page) => {
    await page.goto('/settings/data/delete')
    await page.getByLabel('Type your e-mail address').fill('somebody-else@example.com')
    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByRole('alert').waitFor()
  },
  'confirm, with nothing waiting': (page) => page.goto('/settings/confirm'),
  'confirm, refused': async (page) => {
    await page.goto('/settings/confirm')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('alert').waitFor()
  },
  'today, with a long name': (page) => page.goto('/today'),
  'sign out': (page) => page.goto('/sign-out'),
}

/** Says what is wrong with the page as it stands; nothing when all is well. */
async function findFaults(page: Page): Promise<string[]> {
  // Legacy mode opens no second tab to add up the results of frames; there are none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  const { scrollWidth, innerWidth, small } = await page.evaluate(() => {
    const targets = [...document.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden])')]
    return {
      scrollWidth: document.documentElement.scrollWidth,
      innerWidth: window.innerWidth,
      // Links within a sentence may be as high as its line.
      small: targets
        .filter(
          (target) =>
            !(target.matches('p a, p button, li a') && getComputedStyle(target).display === 'inline'),
        )
        .filter((target) => target.checkVisibility({ visibilityProperty: true }))
        .filter((target) => Math.min(target.offsetHeight, target.offsetWidth) < 24)
        .map((target) => target.outerHTML),
    }
  })
  if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} > ${innerWidth}`)
  faults.push(...small.map((html) => `smaller than 24 px: ${html}`))
  if ((await page.locator('h1').count()) !== 1) faults.push('not exactly one h1')
  if ((await page.getByRole('link', { name: 'Need support now?' }).count()) !== 1)
    faults.push('no way to help')
  return faults
}

/** Opens one page after the other and looks at each on phone and desktop, light and dark. */
async function look(
  page: Page,
  pages: typeof ownPages,
  origin = harness.webUrl,
): Promise<Record<string, string[]>> {
  const problems: Record<string, string[]> = {}
  let current = ''
  const note = (...faults: string[]) => {
    if (faults.length > 0) problems[current] = [...(problems[current] ?? []), ...faults]
  }
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) note(`asks ${request.url()}`)
  })
  page.on('pageerror', (error) => note(error.message))
  page.on('console', (message) => {
    const isRefusal = /the server responded with a status of (404|422|429|500|503)/.test(message.text())
    if (['error', 'warning'].includes(message.type()) && !isRefusal) note(message.text())
  })
  for (const [name, open] of Object.entries(pages)) {
    current = name
    await open(page)
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const faults = await findFaults(page)
        note(...faults.map((fault) => `${viewport.width} px, ${colorScheme}: ${fault}`))
      }
    }
  }
  return problems
}

const LOOKED_FOR =
  'axe, width at 320 px, targets, console, foreign requests; phone and desktop, light and dark'

test(`every page of a stranger is without fault: ${LOOKED_FOR}`, { timeout: 180_000 }, async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  expect(await look(page, strangersPages)).toEqual({})
})

test(`every page of a signed-in person is without fault: ${LOOKED_FOR}`, { timeout: 180_000 }, async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  expect(await look(page, ownPages)).toEqual({})
})

test(`what one sees in rarer hours is without fault: ${LOOKED_FOR}`, { timeout: 180_000 }, async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  const faults = await look(page, {
    'today, after a session closed itself': async () => {
      await addLapsedSession(person)
      await page.goto('/today')
      await page.getByRole('button', { name: 'Fine' }).waitFor()
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
    'devices, many, with one that waits to be signed out': async () => {
      for (let count = 0; count < 12; count++)
        await harness.newPageOf(person, { userAgent: 'Unheard-of/1.0' })
      const { me } = await person.api.request(LoginsDocument)
      const kept = {
        userId: me?.id,
        path: '/settings/devices',
        values: { intent: 'one', loginId: me?.logins[0]?.id },
      }
      const value = encodeURIComponent(JSON.stringify(kept))
      await page.context().addCookies([{ name: 'kept-form', value, url: harness.webUrl }])
      await page.goto('/settings/confirm')
      await page.getByText('Then the device you chose is signed out.').waitFor()
      await page.goto('/settings/devices')
      await page.getByRole('button', { name: 'Do it now' }).waitFor()
    },
    'a copy of the data, an address and a deletion that waited': async () => {
      const { me } = await person.api.request(LoginsDocument)
      for (const [path, values, text] of [
        ['/settings/data', {}, 'You can download your copy now.'],
        ['/settings/email', { newEmail: `${'long-'.repeat(10)}@example.com` }, 'no link is sent yet.'],
        ['/settings/data/delete', { email: person.email }, 'Nothing is deleted yet.'],
      ] as const) {
        const value = encodeURIComponent(JSON.stringify({ userId: me?.id, path, values }))
        await page.context().addCookies([{ name: 'kept-form', value, url: harness.webUrl }])
        await page.goto('/settings/confirm')
        expect(await findFaults(page)).toEqual([])
        await page.goto(path)
        await page.getByText(text).waitFor()
        expect(await findFaults(page)).toEqual([])
      }
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
  })
  expect(faults).toEqual({})
})

test(`pages that cannot be shown are without fault: ${LOOKED_FOR}`, { timeout: 120_000 }, async () => {
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
    const faults = await look(
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
  const page = await harness.newPage({ baseURL: harness.webUrl, viewport: DESKTOP })
  const places = new Set<string>()
  for (const path of ['/', '/sign-in', '/sign-up', '/support', '/privacy', '/nothing-here']) {
    await page.goto(path)
    const box = await page.getByRole('link', { name: 'Need support now?' }).boundingBox()
    places.add(`${box?.x},${box?.y}`)
  }
  expect([...places]).toHaveLength(1)
})
