import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import type { Mail } from '../../../platform/mail/mail.ts'
import type { Mailer } from '../../../platform/mail/mailer.ts'
import { MailNotSent } from '../../../platform/mail/mailNotSent.ts'
import type { OneTimeTokenRepository } from '../one-time-tokens/oneTimeToken.repository.ts'
import type { Admission } from '../throttles/throttles.ts'

export interface MailTaskParts {
  orm: MikroORM
  mailer: Mailer
  tokens: OneTimeTokenRepository
}

/** A kind of mail. The job says whom it is for and never holds a token: that is made when the mail is written. */
export interface MailDefinition<Job extends { tokenId: string }> extends Pick<
  TaskDefinition<Job>,
  'name' | 'payload'
> {
  /** For the log. */
  what: string
  /** @throws {UserProblem} TOO_MANY_ATTEMPTS for an address that got enough of them; null for mail that is not counted. */
  admit(job: Job): Promise<Pick<Admission, 'notCarriedOut'> | null>
  /** Null when there is nothing to write, or nobody to write to. */
  write(em: EntityManager, job: Job): Promise<Mail | null>
}

/** Sends one kind of mail. A token whose mail surely did not leave is taken back, and the mail does not count. */
export function mailTask<Job extends { tokenId: string }>(
  parts: MailTaskParts,
  definition: MailDefinition<Job>,
): TaskDefinition<Job> {
  const { name, payload } = definition
  return { name, payload, work: (job, logger) => sendMail(parts, definition, job, logger) }
}

async function sendMail<Job extends { tokenId: string }>(
  { orm, mailer, tokens }: MailTaskParts,
  { what, admit, write }: MailDefinition<Job>,
  job: Job,
  logger: Logger,
): Promise<void> {
  const em = orm.em.fork()
  const admission = await admitted(admit(job))
  const mail = admission === 'refused' ? null : await write(em, job)
  if (admission === 'refused' || !mail) {
    logger.info(`no ${what} sent: there is nobody to send it to, or they got enough of them for now`)
    return
  }
  try {
    await mailer.send(mail)
  } catch (error) {
    await admission?.notCarriedOut()
    if (!(error instanceof MailNotSent)) throw error
    if (error.surely) await tokens.withdraw(em, job.tokenId)
    if (!error.forGood) throw error
    logger.warn({ reason: error.message }, `the ${what} is given up`)
    return
  }
  logger.info(`${what} sent`)
}

async function admitted<Admitted>(admission: Promise<Admitted>): Promise<Admitted | 'refused'> {
  try {
    return await admission
  } catch (error) {
    if (error instanceof UserProblem) return 'refused'
    throw error
  }
}
