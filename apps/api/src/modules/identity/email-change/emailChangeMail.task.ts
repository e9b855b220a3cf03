import type { Clock } from '../../../platform/clock/clock.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { mailTask, type MailTaskParts } from '../mails/mailTask.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { SEND_EMAIL_CHANGE_MAIL, emailChangeMailJob, type EmailChangeMailJob } from './emailChangeMail.job.ts'
import { emailChangeMails } from './emailChangeMails.ts'

interface EmailChangeMailParts extends MailTaskParts {
  clock: Clock
  throttles: Throttles
  users: UserRepository
  siteUrl: string
}

/** Sends to an address that somebody wants as theirs: a link, or word that it has an account already. */
export function emailChangeMailTask(parts: EmailChangeMailParts): TaskDefinition<EmailChangeMailJob> {
  const { clock, throttles, tokens, users, siteUrl } = parts
  return mailTask(parts, {
    name: SEND_EMAIL_CHANGE_MAIL,
    payload: emailChangeMailJob,
    what: 'mail to a new address',
    admit: ({ email }) => throttles.admitMail('EMAIL_CHANGE', email),
    async write(em, { email, tokenId, userId, authEpoch }) {
      if (await users.isKnown(em, email)) {
        return emailChangeMails.accountExists({ to: email, signInUrl: `${siteUrl}/sign-in` })
      }
      const account = await users.findCredentialsById(em, userId)
      if (!account) return null
      const user = { id: userId, authEpoch }
      const now = clock.now()
      const token = await tokens.issue(em, { id: tokenId, purpose: 'EMAIL_CHANGE', email, user, now })
      if (token === null) return null
      const url = `${siteUrl}/confirm-email?token=${token}`
      return emailChangeMails.link({ to: email, accountEmail: account.user.email, url })
    },
  })
}
