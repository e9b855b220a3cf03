import type { MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import type { TaskDefinition } from '../../platform/jobs/createTask.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { MailNotSent } from '../../platform/mail/mailNotSent.ts'
import { composeMail } from '../identity/mails/composeMail.ts'
import { PRODUCT_NAME } from '../identity/mails/productName.ts'
import { ERASE_USER, type EraseUserJob, eraseUserJob } from './eraseUser.job.ts'
import type { UserErasure } from './userErasure.ts'

interface EraseUserParts {
  orm: MikroORM
  mailer: Mailer
  erasure: UserErasure
}

/** Removes the last traces of a deleted user, and sends the last mail that they get; then forgets them itself. */
export function eraseUserTask(parts: EraseUserParts): TaskDefinition<EraseUserJob> {
  return { name: ERASE_USER, payload: eraseUserJob, work: (job, logger) => erase(parts, job, logger) }
}

async function erase(
  { orm, mailer, erasure }: EraseUserParts,
  job: EraseUserJob,
  logger: Logger,
): Promise<void> {
  await erasure.eraseKeys(job)
  const running = await orm.em.fork().transactional((tx) => erasure.eraseRows(tx, job))
  if (running > 0) throw new Error('Jobs for a deleted user are still being done')
  try {
    await mailer.send(
      composeMail(job.email, 'Your account was deleted', [
        'Hello,',
        `As you asked, we have deleted your ${PRODUCT_NAME} account and everything we kept about you. Back-ups made before that are overwritten in time.`,
        'This is the last e-mail you will get from us. You are welcome to sign up again whenever you like.',
      ]),
    )
  } catch (error) {
    if (!(error instanceof MailNotSent) || !error.forGood) throw error
    logger.warn({ reason: error.message }, 'the last mail is given up')
  }
}
