import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'

/** What is written to an address that somebody wants to have for their account. */
export const emailChangeMails = {
  /** Whoever reads it may never have heard of us, or of the account, and must not give their address away to it. */
  link({ to, accountEmail, url }: { to: string; accountEmail: string; url: string }): Mail {
    return composeMail(to, 'Confirm your new e-mail address', [
      'Hello,',
      `somebody who is signed in as ${accountEmail} to the ${PRODUCT_NAME} wants this address for their account. If that is you, open this page within one hour and confirm it there:`,
      { url },
      `If you did not ask for it, ignore this mail: without the link, nothing is changed. The account of ${accountEmail} is not yours then, and would not become yours by the link: whoever has that address could read what you do there, and take it back.`,
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
