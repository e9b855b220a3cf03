import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'

/** What is written to somebody who asked to sign up. Each address stands alone on its line. */
export const signUpMails = {
  link({ to, url }: { to: string; url: string }): Mail {
    return composeMail(to, 'Finish signing up', [
      'Hello,',
      `you asked to sign up for the ${PRODUCT_NAME}. Open this page within one hour and choose a password there:`,
      { url },
      'The link works once. If it was not you who asked, do nothing: without the link, no account is made.',
    ])
  },

  accountExists({ to, signInUrl }: { to: string; signInUrl: string }): Mail {
    return composeMail(to, 'You already have an account', [
      'Hello,',
      `somebody, most likely you, asked to sign up for the ${PRODUCT_NAME} with this address. You already have an account here, so nothing was changed. This is where you sign in:`,
      { url: signInUrl },
      'If it was not you who asked, do nothing: nobody was told that you have an account.',
    ])
  },
}
