import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'
import type { NoticeJob, NoticeKind } from './notice.job.ts'

const ACCOUNT = `your ${PRODUCT_NAME} account`

interface NoticeText {
  subject: string
  /** What happened, to follow "On that day, ". */
  what: string
  more?: string
}

const TEXTS: Record<NoticeKind, NoticeText> = {
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    what: `the password for ${ACCOUNT} was changed`,
    more: 'All other devices were signed out. API keys go on working: look through them in your settings.',
  },
  PASSWORD_RESET: {
    subject: 'Your password was reset',
    what: `a new password for ${ACCOUNT} was chosen with a link we had sent you`,
    more: 'All devices were signed out, and all API keys were revoked.',
  },
  EMAIL_CHANGE_REQUESTED: {
    subject: 'A change of e-mail address was requested',
    what: `someone signed in to ${ACCOUNT}, most likely you, asked to change its e-mail address`,
    more: 'Nothing has changed yet: this address stays yours until the new one is confirmed.',
  },
  EMAIL_CHANGED: {
    subject: 'Your e-mail address was changed',
    what: `the e-mail address for ${ACCOUNT} was changed`,
    more: 'From now on, sign in with the new one. All other devices were signed out. We are sending this e-mail to both addresses, the old one and the new one.',
  },
  ACCOUNT_UNLINKED: {
    subject: 'A way to sign in was removed',
    what: `a sign-in provider was unlinked from ${ACCOUNT}`,
    more: 'All other devices were signed out.',
  },
  DATA_EXPORTED: {
    subject: 'A copy of your data was downloaded',
    what: `someone signed in to ${ACCOUNT}, most likely you, downloaded a copy of everything in it`,
  },
  NEW_DEVICE: {
    subject: 'A new device signed in',
    what: `someone, most likely you, signed in to ${ACCOUNT} from a device we do not recognise`,
  },
  API_KEY_CREATED: {
    subject: 'An API key was created',
    what: `someone signed in to ${ACCOUNT}, most likely you, created an API key`,
    more: 'Whoever has it can act for you, within what it was created for, until you revoke it in your settings.',
  },
  API_KEY_REVOKED: {
    subject: 'An API key was revoked',
    what: `someone signed in to ${ACCOUNT}, most likely you, revoked an API key`,
    more: 'Whatever used it no longer has access.',
  },
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** The mail that tells of something, with a link for who did not do it. */
export function composeNotice(
  { kind, email, occurredAt, device, ipAddress, apiKeys = [] }: NoticeJob,
  url: string,
): Mail {
  const { subject, what, more } = TEXTS[kind]
  return composeMail(email, subject, [
    'Hello,',
    `On ${moment.format(new Date(occurredAt))} UTC, ${what}. The request came from ${device ?? 'an unknown kind of device'}, at the network address ${ipAddress}.`,
    ...apiKeys.map(({ name, hint }) => `The key is called “${name}” and begins with ${hint}.`),
    ...(more === undefined ? [] : [more]),
    'If this was you, there is nothing you need to do. If it was not, open this page within seven days and press the button there. It signs out every device, revokes every API key, makes the password useless, and sends you a link to choose a new one:',
    { url },
  ])
}
