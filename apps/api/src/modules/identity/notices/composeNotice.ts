import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'
import type { NoticeJob, NoticeKind } from './notice.job.ts'

interface NoticeText {
  subject: string
  /** What happened to "your account with the …". */
  what: string
  more?: string
}

const TEXTS: Record<NoticeKind, NoticeText> = {
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    what: 'the password was changed of',
    more: 'All other devices were signed out.',
  },
  PASSWORD_RESET: {
    subject: 'Your password was reset',
    what: 'a new password was chosen, by a link that we had sent to you, for',
    more: 'All devices were signed out.',
  },
  EMAIL_CHANGE_REQUESTED: {
    subject: 'A new e-mail address was asked for',
    what: 'somebody who is signed in, most likely you, asked for another e-mail address for',
    more: 'Nothing has changed yet: this address is yours until the new one is confirmed.',
  },
  EMAIL_CHANGED: {
    subject: 'Your e-mail address was changed',
    what: 'the e-mail address was changed of',
    more: 'From now on you sign in with the new one. All other devices were signed out. The address that you had before got this mail as well.',
  },
  ACCOUNT_UNLINKED: {
    subject: 'A way to sign in was removed',
    what: 'a sign-in provider was unlinked from',
    more: 'All other devices were signed out.',
  },
  DATA_EXPORTED: {
    subject: 'A copy of your data was taken',
    what: 'somebody who is signed in, most likely you, took a copy of everything about you out of',
  },
  NEW_DEVICE: {
    subject: 'A new device signed in',
    what: 'somebody, most likely you, signed in from a device that we do not know to',
  },
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** The mail that tells of something, with a link for who did not do it. */
export function composeNotice({ kind, email, occurredAt, device, ipAddress }: NoticeJob, url: string): Mail {
  const { subject, what, more } = TEXTS[kind]
  return composeMail(email, subject, [
    'Hello,',
    `on ${moment.format(new Date(occurredAt))} UTC, ${what} your account with the ${PRODUCT_NAME}. The request came from ${device ?? 'a device of an unknown kind'}, at the network address ${ipAddress}.`,
    ...(more === undefined ? [] : [more]),
    'If it was you, there is nothing to do. If it was not you, open this page within seven days and press the button there. It signs out every device, makes the password useless, and sends you a link to choose a new one:',
    { url },
  ])
}
