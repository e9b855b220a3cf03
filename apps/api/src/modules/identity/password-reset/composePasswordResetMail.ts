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

/** The mail with the link of a reset. */
export function composePasswordResetMail({
  to,
  askedBy,
  url,
}: {
  to: string
  askedBy: PasswordResetMailJob['askedBy']
  url: string
}): Mail {
  return composeMail(to, 'Choose a new password', [
    'Hello,',
    `${REASONS[askedBy]} ${PRODUCT_NAME}. Open this page within one hour and choose it there:`,
    { url },
    'The link works once, and signs you out on all devices. If you do not want a new password, do nothing: the old one stays.',
  ])
}
