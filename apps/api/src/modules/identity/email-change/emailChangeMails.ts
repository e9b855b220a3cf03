import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'

/** What is written to an address that somebody wants to have for their account. */
export const emailChangeMails = {
  link({ to, url }: { to: string; url: string }): Mail {
    return composeMail(to, 'Confirm your new e-mail address', [
      'Hello,',
      `somebody, most likely you, wants to use this address for an account with the ${PRODUCT_NAME}. Open this page within one hour and confirm it there:`,
      { url },
      'The link works once. If it was not you who asked, do nothing: without the link, nothing is changed.',
    ])
  },

  accountExists({ to, signInUrl }: { to: string; signInUrl: string }): Mail {
    return composeMail(to, 'This address has an account already', [
      'Hello,',
      `somebody, most likely you, wanted to use this address for another account with the ${PRODUCT_NAME}. It has an account of its own already, so nothing was changed. This is where you sign in to that:`,
      { url: signInUrl },
      'If it was not you who asked, do nothing: nobody was told that you have an account.',
    ])
  },
}
