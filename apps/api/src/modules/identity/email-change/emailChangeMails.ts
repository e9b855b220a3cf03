import type { Mail } from '../../../platform/mail/mail.ts'
import { composeMail } from '../mails/composeMail.ts'
import { PRODUCT_NAME } from '../mails/productName.ts'

/** What is written to an address that somebody wants to have for their account. */
export const emailChangeMails = {
  /** Whoever reads it may never have heard of us, or of the account, and must not give their address away to it. */
  link({ to, accountEmail, url }: { to: string; accountEmail: string; url: string }): Mail {
    return composeMail(to, 'Confirm your new e-mail address', [
      'Hello,',
      `Someone signed in to the ${PRODUCT_NAME} as ${accountEmail} wants to use this address for their account. If that is you, open this page within one hour to confirm it:`,
      { url },
      `If you did not ask for this, ignore this e-mail: without the link, nothing changes. The account of ${accountEmail} is not yours then, and using the link would not make it yours: whoever has that address could read what you do there, and take the account back.`,
    ])
  },

  accountExists({ to, signInUrl }: { to: string; signInUrl: string }): Mail {
    return composeMail(to, 'This address already has an account', [
      'Hello,',
      `Someone, most likely you, wanted to use this address for another ${PRODUCT_NAME} account. It already has an account of its own, so nothing was changed. You can sign in to that one here:`,
      { url: signInUrl },
      'If you did not ask for this, do nothing: nobody was told that you have an account.',
    ])
  },
}
