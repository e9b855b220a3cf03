import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { Mail } from '../../../platform/mail/mail.ts'
import type { Mailer } from '../../../platform/mail/mailer.ts'
import { MailNotSent } from '../../../platform/mail/mailNotSent.ts'
import type { OneTimeTokenRepository } from '../one-time-tokens/oneTimeToken.repository.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { SEND_SIGN_UP_MAIL, signUpMailJob, type SignUpMailJob } from './signUpMail.job.ts'
import { signUpMails } from './signUpMails.ts'

interface SignUpMailParts {
  orm: MikroORM
  clock: Clock
  mailer: Mailer
  throttles: Throttles
  tokens: OneTimeTokenRepository
  users: UserRepository
  /** The web app's public address. Links are made from it alone: a Host header is whatever a stranger wrote. */
  siteUrl: string
}

/** Sends what somebody who asked to sign up is to get: a link, or word that they have an account. */
export function signUpMailTask(parts: SignUpMailParts): TaskDefinition<SignUpMailJob> {
  return {
    name: SEND_SIGN_UP_MAIL,
    payload: signUpMailJob,
    work: (job, logger) => sendMail(parts, job, logger),
  }
}

async function sendMail(parts: SignUpMailParts, job: SignUpMailJob, logger: Logger): Promise<void> {
  const em = parts.orm.em.fork()
  const admission = await admit(parts.throttles, job.email)
  const mail = admission && (await writeMail(em, parts, job))
  if (!admission || !mail) {
    logger.info('no sign-up mail sent: this address got enough of them for now')
    return
  }
  try {
    await parts.mailer.send(mail)
  } catch (error) {
    await admission.notCarriedOut()
    if (!(error instanceof MailNotSent)) throw error
    if (error.surely) await parts.tokens.withdraw(em, job.tokenId)
    if (!error.forGood) throw error
    logger.warn({ reason: error.message }, 'the sign-up mail is given up')
    return
  }
  logger.info('sign-up mail sent')
}

async function admit(throttles: Throttles, email: string) {
  try {
    return await throttles.admitMail(email)
  } catch (error) {
    if (error instanceof UserProblem) return null
    throw error
  }
}

/** Null when the address has as many open links as it may have. */
async function writeMail(
  em: EntityManager,
  { clock, tokens, users, siteUrl }: SignUpMailParts,
  { email, tokenId }: SignUpMailJob,
): Promise<Mail | null> {
  if (await users.isKnown(em, email)) {
    return signUpMails.accountExists({ to: email, signInUrl: `${siteUrl}/sign-in` })
  }
  const token = await tokens.issue(em, { id: tokenId, purpose: 'SIGN_UP', email, now: clock.now() })
  if (token === null) return null
  return signUpMails.link({ to: email, url: `${siteUrl}/sign-up/complete?token=${token}` })
}
