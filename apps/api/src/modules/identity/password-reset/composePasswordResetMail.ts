import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'
import type { PasswordResetMailJob } from './passwordResetMail.job.ts'

const REASONS = {
  ANYBODY: 'Someone, most likely you, asked for a new password for',
  OWNER: 'You told us that something was not you, so here is how to choose a new password for',
  OPERATOR: 'We were asked to help you choose a new password for',
} satisfies Record<PasswordResetMailJob['askedBy'], string>

const UNWANTED = 'If you do not want a new password, do nothing: your old one still works.'
const NEEDED =
  'Until you choose a new password you cannot sign in: the old one no longer works. If the hour has passed, ask for another link on the sign-in page.'

/** The mail with the link of a reset. */
export function composePasswordResetMail({
  to,
  askedBy,
  hasPassword,
  url,
}: {
  to: string
  askedBy: PasswordResetMailJob['askedBy']
  /** False once somebody said that a change was not them: nobody signs in with the password that there was. */
  hasPassword: boolean
  url: string
}): Mail {
  return composeMail(to, 'Choose a new password', [
    'Hello,',
    `${REASONS[askedBy]} your ${PRODUCT_NAME} account. Open this page within one hour to choose it:`,
    { url },
    `The link works once, and using it signs you out on all devices and ends your API keys. ${hasPassword ? UNWANTED : NEEDED}`,
  ])
}
