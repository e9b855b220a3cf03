import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'

/** What is written to somebody who asked to sign up. Each address stands alone on its line. */
export const signUpMails = {
  link({ to, url }: { to: string; url: string }): Mail {
    return composeMail(to, 'Finish signing up', [
      'Hello,',
      `You asked to sign up for the ${PRODUCT_NAME}. Open this page within one hour to choose a password:`,
      { url },
      'The link works once. If you did not ask for this, do nothing: without the link, no account is created.',
    ])
  },

  accountExists({ to, signInUrl }: { to: string; signInUrl: string }): Mail {
    return composeMail(to, 'You already have an account', [
      'Hello,',
      `Someone, most likely you, asked to sign up for the ${PRODUCT_NAME} with this address. You already have an account, so nothing was changed. You can sign in here:`,
      { url: signInUrl },
      'If you did not ask for this, do nothing: nobody was told that you have an account.',
    ])
  },
}
