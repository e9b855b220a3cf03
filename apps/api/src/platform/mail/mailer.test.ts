import { findFreePort } from '@wellness/embedded/freePort'
import { startMailbox, type Mailbox } from '@wellness/embedded/mailbox'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Mailer } from './mailer.ts'
import { MailNotSent } from './mailNotSent.ts'

const MAIL = {
  to: 'ada@example.com',
  subject: 'Grüße = more',
  text: `Hello,\n\nhttps://example.com/${'x'.repeat(120)}?token=abc\n`,
  html: '<p>Hello</p>',
}

let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await startMailbox({ smtpPort: await findFreePort(), httpPort: await findFreePort() })
})
afterAll(() => mailbox.stop())
beforeEach(() => mailbox.clear())

function mailer(smtpUrl = mailbox.smtpUrl): Mailer {
  return new Mailer({ smtpUrl, from: 'Wellness <hello@example.com>', siteUrl: 'https://wellness.example' })
}

const HANGS_UP = Symbol('hangs up')

/** A server that says these lines, one after each of the client's, whatever the client says. */
async function startTalker(
  answers: (string | typeof HANGS_UP)[],
): Promise<{ url: string; server: Server; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((socket) => {
    const left = [...answers]
    const say = () => {
      const answer = left.shift() ?? '250 ok'
      if (typeof answer === 'string') socket.write(`${answer}\r\n`)
      else socket.destroy()
    }
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      heard.push(data.toString())
      say()
    })
    say()
  })
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `smtp://127.0.0.1:${port}`, server, heard }
}

test('a mail has its text first, readable in the source, and says that a machine wrote it', async () => {
  await mailer().send(MAIL)
  const [mail] = mailbox.messages()
  expect(mail).toMatchObject({
    to: ['ada@example.com'],
    subject: MAIL.subject,
    html: expect.stringContaining('Hello'),
  })
  expect(mail?.text).toContain(MAIL.text.trim())
  const header = (name: string) => mail?.headers.find((one) => one.name.toLowerCase() === name)?.value
  expect(header('auto-submitted')).toBe('auto-generated')
  expect(header('message-id')).toMatch(/^<[\w-]+@wellness\.example>$/)
  expect(header('from')).toContain('hello@example.com')
  expect(mail?.raw).toContain('multipart/alternative')
  expect(mail?.raw.indexOf('text/plain')).toBeLessThan(mail?.raw.indexOf('text/html') ?? 0)
  const encodings = mail?.raw.match(/content-transfer-encoding: \S+/gi)?.map((line) => line.split(' ')[1])
  for (const encoding of encodings ?? []) expect(['quoted-printable', '7bit']).toContain(encoding)
})

/**
 * Attack: an address that smuggles in a second one, or a header.
 */
test('an address is one address, whatever is in it', async () => {
  for (const to of ['ada@example.com, eve@example.com', 'ada@example.com\r\nBcc: eve@example.com']) {
    await mailer()
      .send({ ...MAIL, to })
      .catch(() => undefined)
  }
  expect(mailbox.messages().flatMap((mail) => mail.to)).not.toContain('eve@example.com')
})

test.each([
  ['busy (4xx)', 451, { surely: true, forGood: false }],
  ['refused for good (5xx)', 554, { surely: true, forGood: true }],
])('a mail that is %s says so, and names neither person nor contents', async (_how, code, says) => {
  mailbox.failNext(1, code)
  const error = await mailer()
    .send(MAIL)
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(MailNotSent)
  expect(error).toMatchObject(says)
  expect((error as Error).message).not.toMatch(/ada|token|Hello/)
})

test('a server that cannot be reached has surely sent nothing', async () => {
  const error = await mailer(`smtp://127.0.0.1:${await findFreePort()}`)
    .send(MAIL)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'MailNotSent', surely: true, forGood: false })
})

test('a password of ours that the server refuses is no reason to give a mail up', async () => {
  const talker = await startTalker(['220 hello', '250-hello\r\n250 AUTH PLAIN', '535 wrong password'])
  const url = new URL(talker.url)
  url.username = 'us'
  url.password = 'wrong'
  const error = await mailer(url.href)
    .send(MAIL)
    .catch((thrown: unknown) => thrown)
  talker.server.close()
  expect(error).toMatchObject({ name: 'MailNotSent', surely: true, forGood: false })
  expect((error as Error).message).toContain('EAUTH 535')
})

test('a connection that breaks while the mail is handed over may have sent it', async () => {
  const talker = await startTalker(['220 hello', '250 hello', '250 from', '250 to', '354 go on', HANGS_UP])
  const error = await mailer(talker.url)
    .send(MAIL)
    .catch((thrown: unknown) => thrown)
  talker.server.close()
  expect(error).toMatchObject({ name: 'MailNotSent', surely: false, forGood: false })
})

test('smtp:// is used as it is, though the server offers encryption with a certificate of nobody', async () => {
  const talker = await startTalker([
    '220 hello',
    '250-hello\r\n250 STARTTLS',
    '250 from',
    '250 to',
    '354 go on',
    '250 taken',
  ])
  await mailer(talker.url).send(MAIL)
  talker.server.close()
  expect(talker.heard.join('')).not.toContain('STARTTLS')
})
