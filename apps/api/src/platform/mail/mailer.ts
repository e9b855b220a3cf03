import { SECOND } from '@wellness/domain/time'
import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Mail } from './mail.ts'
import { MailNotSent } from './mailNotSent.ts'

export interface MailerOptions {
  smtpUrl: string
  from: string
  /** The web app's public address, whose host names our messages. */
  siteUrl: string
}

/** Sends mail by SMTP. Everything that waits has a limit, since a job that hangs holds up the others. */
export class Mailer {
  readonly #transport: ReturnType<typeof createSmtpTransport>
  readonly #from: string
  readonly #host: string

  constructor({ smtpUrl, from, siteUrl }: MailerOptions) {
    this.#transport = createSmtpTransport(smtpUrl)
    this.#from = from
    this.#host = new URL(siteUrl).hostname
  }

  /** @throws {MailNotSent} */
  async send({ to, subject, text, html }: Mail): Promise<void> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        // As an object it is taken as one address, whatever characters are in it.
        to: { name: '', address: to },
        subject,
        text,
        html,
        // 7bit would wrap long lines, and with them the links; base64 could not be read in the source.
        textEncoding: 'quoted-printable',
        messageId: `<${randomUUID()}@${this.#host}>`,
        // Keeps out-of-office notes from answering (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    } catch (error) {
      throw notSent(error)
    }
  }
}

function createSmtpTransport(url: string) {
  return createTransport({
    url,
    // smtp:// is used as it is: an upgrade in passing would check no certificate worth the name, and fails against the
    // relays of a private network that offer one for another host. smtps:// is encrypted from the start.
    ignoreTLS: new URL(url).protocol === 'smtp:',
    dnsTimeout: 5 * SECOND,
    connectionTimeout: 5 * SECOND,
    greetingTimeout: 5 * SECOND,
    socketTimeout: 10 * SECOND,
  })
}

/** Of nodemailer's codes, those that come up before any message was handed over. */
const BEFORE_THE_MESSAGE = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE', 'ECONFIG'])

function notSent(error: unknown): MailNotSent {
  const {
    code = 'unknown',
    responseCode,
    syscall,
    command,
  } = error as { code?: string; responseCode?: number; syscall?: string; command?: string }
  const refused = responseCode !== undefined && responseCode >= 400
  return new MailNotSent(responseCode ? `${code} ${responseCode}` : code, {
    surely: refused || syscall === 'connect' || BEFORE_THE_MESSAGE.has(code),
    // A 5xx to anything else is about us, such as a wrong password, and is put right by the operator.
    forGood: refused && responseCode >= 500 && (code === 'EMESSAGE' || command === 'RCPT TO'),
  })
}
