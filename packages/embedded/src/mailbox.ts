import { EventEmitter } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { MailboxMessage } from './mailboxMessage.ts'
import { answerMailboxRequest } from './mailboxPages.ts'

export interface Mailbox {
  smtpUrl: string
  /** The page that shows the mail. */
  url: string
  /** Oldest first. */
  messages(): MailboxMessage[]
  /** The newest message that fits, as soon as there is one. */
  waitForMessage(fits: (message: MailboxMessage) => boolean, timeoutMs?: number): Promise<MailboxMessage>
  clear(): void
  /** Refuses the next messages: with 4xx as a server that is busy, with 5xx as one that will never take them. */
  failNext(count: number, responseCode?: number): void
  stop(): Promise<void>
}

export interface MailboxOptions {
  /** 0 takes any free port. */
  smtpPort: number
  httpPort: number
}

const MAX_MESSAGES = 1000
const MAX_MESSAGE_BYTES = 5_000_000
const LINK = /https?:\/\/[^\s<>"]+/g

/** A real SMTP server that delivers nowhere: what it takes is kept in memory and shown on a page, on 127.0.0.1 only. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const kept: MailboxMessage[] = []
  const events = new EventEmitter()
  events.setMaxListeners(0)
  let count = 0
  let failures = { left: 0, responseCode: 0 }

  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    if (failures.left > 0) {
      failures.left -= 1
      throw Object.assign(new Error('Refused on purpose'), { responseCode: failures.responseCode })
    }
    if (stream.sizeExceeded) throw Object.assign(new Error('Too large'), { responseCode: 552 })
    count += 1
    kept.push(await readMessage(String(count), Buffer.concat(chunks), session))
    if (kept.length > MAX_MESSAGES) kept.shift()
    events.emit('message', kept.at(-1))
  }
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    logger: false,
    onData: (stream, session, done) => void receive(stream, session).then(() => done(), done),
  })
  // A client that hangs up in the middle is no reason to end the process.
  smtp.on('error', () => undefined)
  const http = createServer((request, response) => answerMailboxRequest(request, response, kept))

  await listen(smtp.server as unknown as Server, options.smtpPort)
  try {
    await listen(http, options.httpPort)
  } catch (error) {
    smtp.close()
    throw error
  }

  return {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    messages: () => [...kept],
    waitForMessage: (fits, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        const found = kept.findLast(fits)
        if (found !== undefined) return resolve(found)
        const look = (message: MailboxMessage): void => {
          if (!fits(message)) return
          clearTimeout(timer)
          events.off('message', look)
          resolve(message)
        }
        const timer = setTimeout(() => {
          events.off('message', look)
          const subjects = kept.map((message) => `${message.to.join()}: ${message.subject}`).join('\n')
          reject(new Error(`No such message within ${timeoutMs} ms. There are:\n${subjects}`))
        }, timeoutMs)
        events.on('message', look)
      }),
    clear: () => void kept.splice(0),
    failNext: (left, responseCode = 451) => void (failures = { left, responseCode }),
    stop: async () => {
      http.closeAllConnections()
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => smtp.close(done)),
      ])
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function readMessage(id: string, raw: Buffer, session: SMTPServerSession): Promise<MailboxMessage> {
  const mail = await PostalMime.parse(raw)
  const text = mail.text ?? ''
  const { mailFrom, rcptTo } = session.envelope
  return {
    id,
    receivedAt: new Date(),
    from: mail.from?.address ?? (mailFrom === false ? '' : mailFrom.address),
    to: rcptTo.map((recipient) => recipient.address),
    subject: mail.subject ?? '',
    text,
    html: mail.html ?? null,
    links: text.match(LINK) ?? [],
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    raw: raw.toString('utf8'),
  }
}
