import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import type { Mail } from '../../../platform/mail/mail.ts'
import { mailTask, type MailTaskParts } from '../mails/mailTask.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { composePasswordResetMail } from './composePasswordResetMail.ts'
import {
  SEND_PASSWORD_RESET_MAIL,
  passwordResetMailJob,
  type PasswordResetMailJob,
} from './passwordResetMail.job.ts'

interface PasswordResetMailParts extends MailTaskParts {
  clock: Clock
  throttles: Throttles
  users: UserRepository
  siteUrl: string
}

/** Sends a link by which a new password is chosen; to an address without a user, nothing. */
export function passwordResetMailTask(parts: PasswordResetMailParts): TaskDefinition<PasswordResetMailJob> {
  return mailTask(parts, {
    name: SEND_PASSWORD_RESET_MAIL,
    payload: passwordResetMailJob,
    what: 'reset mail',
    // Whoever is owed the mail is not kept from it by strangers who used up what anybody may ask for.
    admit: async ({ email, askedBy }) =>
      askedBy === 'ANYBODY' ? parts.throttles.admitMail('PASSWORD_RESET', email) : null,
    write: (em, job) => write(em, parts, job),
  })
}

async function write(
  em: EntityManager,
  { clock, tokens, users, siteUrl }: PasswordResetMailParts,
  { email, tokenId, askedBy, ipAddress, userAgent }: PasswordResetMailJob,
): Promise<Mail | null> {
  const found = await users.findCredentials(em, email)
  if (!found) return null
  const user = { id: found.user.id, authEpoch: found.authEpoch }
  const now = clock.now()
  return em.transactional(async (tx) => {
    const token = await tokens.issue(tx, { id: tokenId, purpose: 'PASSWORD_RESET', email, user, now })
    if (token === null) return null
    await recordSecurityEvent(tx, {
      id: tokenId,
      kind: 'PASSWORD_RESET_REQUESTED',
      userId: user.id,
      occurredAt: now,
      client: ipAddress === null ? null : { ipAddress, userAgent },
    })
    return composePasswordResetMail({
      to: email,
      askedBy,
      hasPassword: found.passwordHash !== null,
      url: `${siteUrl}/reset-password?token=${token}`,
    })
  })
}
