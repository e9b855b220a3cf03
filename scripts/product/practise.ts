import { setTimeout as delay } from 'node:timers/promises'
import type { Mailbox } from '@wellness/embedded/mailbox'

export interface PractiseOptions {
  apiUrl: string
  webUrl: string
  /** Takes the product's mail. */
  mailbox: Mailbox
}

const MAIL_WITHIN_MS = 20_000
const PASSWORD = 'a quiet morning by the sea'

/**
 * Walks through a running product over HTTP alone, as a new person does: signs up by mail, practises, ends, signs in on the
 * web and looks back.
 *
 * @throws when anything is not as it should be.
 */
export async function practise({ apiUrl, webUrl, mailbox }: PractiseOptions): Promise<void> {
  const email = `somebody-${Date.now()}@example.com`
  let token: string | null = null
  const mutate = async (field: string, inputType: string, input: object, fields: string) => {
    const response = await fetch(`${apiUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({
        query: `mutation ($input: ${inputType}!) { ${field}(input: $input) { ${fields} userErrors { code } } }`,
        variables: { input },
      }),
    })
    const text = await response.text()
    const { data } = JSON.parse(text) as { data?: Record<string, Payload> }
    const payload = data?.[field]
    assert(payload?.userErrors.length === 0, `${field} answered ${text}`)
    return payload
  }

  await mutate('requestSignUp', 'RequestSignUpInput', { email }, '')
  const link = await findLink(mailbox, email)
  const signUp = { token: link.searchParams.get('token'), password: PASSWORD }
  token = (await mutate('completeSignUp', 'CompleteSignUpInput', signUp, 'token')).token ?? null
  const started = await mutate('startSession', 'StartSessionInput', { timeZone: 'UTC' }, 'session { id }')
  const id = started.session?.id
  await mutate('refreshSession', 'RefreshSessionInput', { id }, '')
  const ended = await mutate('endSession', 'EndSessionInput', { id }, 'session { id status }')
  assert(ended.session?.status === 'COMPLETED', `the session is ${ended.session?.status} after its end`)

  const home = await getPage(webUrl)
  const assets = [...home.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  assert(
    assets.some((path) => path.endsWith('.css')),
    'the first page has no style sheet',
  )
  for (const path of new Set(assets)) await getPage(new URL(path, webUrl).href)

  const signedIn = await fetch(new URL('/sign-in', webUrl), {
    method: 'POST',
    headers: { origin: new URL(webUrl).origin },
    body: new URLSearchParams({ email, password: PASSWORD }),
    redirect: 'manual',
  })
  const [cookie = ''] = signedIn.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  assert(
    signedIn.status === 302 && cookie !== '',
    `signing in on the web was answered with ${signedIn.status}`,
  )
  assert(
    (await getPage(new URL('/history', webUrl).href, cookie)).includes('<time'),
    'the history shows no session',
  )
}

interface Payload {
  userErrors: unknown[]
  token?: string
  session?: { id: string; status?: string }
}

async function findLink(mailbox: Mailbox, email: string): Promise<URL> {
  const deadline = Date.now() + MAIL_WITHIN_MS
  for (;;) {
    const link = mailbox.messages().find(({ to }) => to.includes(email))?.links[0]
    if (link) return new URL(link)
    assert(Date.now() < deadline, `no mail has come within ${MAIL_WITHIN_MS} ms`)
    await delay(50)
  }
}

async function getPage(address: string, cookie = ''): Promise<string> {
  const response = await fetch(address, { headers: { cookie }, redirect: 'manual' })
  const text = await response.text()
  assert(response.status === 200, `${address} answered ${response.status}: ${text.slice(0, 500)}`)
  return text
}

function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}
