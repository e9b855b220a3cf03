import type { Clock } from '../../../platform/clock/clock.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { mailTask, type MailTaskParts } from '../mails/mailTask.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { SEND_SIGN_UP_MAIL, signUpMailJob, type SignUpMailJob } from './signUpMail.job.ts'
import { signUpMails } from './signUpMails.ts'

interface SignUpMailParts extends MailTaskParts {
  clock: Clock
  throttles: Throttles
  users: UserRepository
  /** The web app's public address. Links are made from it alone: a Host header is whatever a stranger wrote. */
  siteUrl: string
}

/** Sends what somebody who asked to sign up is to get: a link, or word that they have an account. */
export function signUpMailTask(parts: SignUpMailParts): TaskDefinition<SignUpMailJob> {
  const { clock, throttles, tokens, users, siteUrl } = parts
  return mailTask(parts, {
    name: SEND_SIGN_UP_MAIL,
    payload: signUpMailJob,
    what: 'sign-up mail',
    admit: ({ email }) => throttles.admitMail('SIGN_UP', email),
    async write(em, { email, tokenId }) {
      if (await users.isKnown(em, email)) {
        return signUpMails.accountExists({ to: email, signInUrl: `${siteUrl}/sign-in` })
      }
      const token = await tokens.issue(em, { id: tokenId, purpose: 'SIGN_UP', email, now: clock.now() })
      if (token === null) return null
      return signUpMails.link({ to: email, url: `${siteUrl}/sign-up/complete?token=${token}` })
    },
  })
}
