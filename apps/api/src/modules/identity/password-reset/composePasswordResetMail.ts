import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'
import type { PasswordResetMailJob } from './passwordResetMail.job.ts'

const REASONS = {
  ANYBODY: 'somebody, most likely you, asked for a new password for your account with the',
  OWNER:
    'as you told us that it was not you, here is how you choose a new password for your account with the',
  OPERATOR: 'we were asked to help you choose a new password for your account with the',
} satisfies Record<PasswordResetMailJob['askedBy'], string>

const UNWANTED = 'If you do not want a new password, do nothing: the old one stays.'
const NEEDED =
  'Until you choose a new password you cannot sign in: the old one is of no use any more. If the hour is over, ask for another link on the page to sign in.'

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
    `${REASONS[askedBy]} ${PRODUCT_NAME}. Open this page within one hour and choose it there:`,
    { url },
    `The link works once, and signs you out on all devices. ${hasPassword ? UNWANTED : NEEDED}`,
  ])
}
