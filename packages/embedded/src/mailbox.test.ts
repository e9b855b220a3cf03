import { request } from 'node:http'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMailbox, type Mailbox } from './mailbox.ts'

let mailbox: Mailbox
beforeAll(async () => void (mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 })))
beforeEach(() => mailbox.clear())
afterAll(() => mailbox.stop())

const link = 'http://localhost:3000/sign-up/complete?token=abc_DEF-123'

async function send(subject: string, text = `Hello\n\n${link}\n`): Promise<void> {
  const transport = createTransport(mailbox.smtpUrl)
  await transport.sendMail({
    from: 'care@example.com',
    to: 'åsa@example.com',
    subject,
    text,
    html: '<p>Hello</p>',
  })
  transport.close()
}

test('a mail sent by SMTP is read with its parts and links', async () => {
  const waiting = mailbox.waitForMessage((message) => message.to.includes('åsa@example.com'))
  await send('Välkommen')
  const message = await waiting
  expect(message).toMatchObject({ from: 'care@example.com', subject: 'Välkommen', links: [link] })
  expect(message.html).toContain('<p>Hello</p>')
  expect(mailbox.messages()).toEqual([message])
})

test('waiting for mail that never comes ends with what there is', async () => {
  await send('Another one')
  await expect(mailbox.waitForMessage(() => false, 20)).rejects.toThrow(/Another one/)
})

test('a refusal on purpose reaches the sender, once', async () => {
  mailbox.failNext(1, 451)
  await expect(send('Refused')).rejects.toThrow(/451/)
  await send('Taken')
  expect(mailbox.messages().map((message) => message.subject)).toEqual(['Taken'])
})

test('the page lists mail and shows one with its link', async () => {
  await send('See me')
  const list = await (await fetch(mailbox.url)).text()
  const [, path] = /href="(\/messages\/\d+)">See me</.exec(list) ?? []
  const shown = await (await fetch(`${mailbox.url}${path}`)).text()
  expect(shown).toContain(`<a href="${link.replace('&', '&#38;')}">`)
})

/** Attack: a mail whose subject and text are markup runs it on the page that holds everybody's sign-up links. */
test('what a mail says is never markup on the page', async () => {
  await send(
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)> http://a.example/"onmouseover="alert(1)',
  )
  const response = await fetch(`${mailbox.url}/messages/${mailbox.messages()[0]?.id}`)
  const shown = await response.text()
  expect(shown).not.toMatch(/<script|<img|"onmouseover/)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

/** Attack: evil.example resolves to 127.0.0.1 after its page was loaded, and its script reads the mail as its own origin. */
test('a request for another host name is refused', async () => {
  const status = await new Promise((resolve) => {
    request(`${mailbox.url}/messages.json`, { headers: { host: 'evil.example' } }, (response) => {
      resolve(response.statusCode)
      response.resume()
    }).end()
  })
  expect(status).toBe(403)
})

test('the list is there for scripts too', async () => {
  await send('For scripts')
  expect(await (await fetch(`${mailbox.url}/messages.json`)).json()).toMatchObject([
    { subject: 'For scripts', links: [link] },
  ])
})
