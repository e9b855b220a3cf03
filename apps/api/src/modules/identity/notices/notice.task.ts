import type { Clock } from '../../../platform/clock/clock.ts'
import type { TaskDefinition } from '../../../platform/jobs/createTask.ts'
import { mailTask, type MailTaskParts } from '../mails/mailTask.ts'
import type { Throttles } from '../throttles/throttles.ts'
import { composeNotice } from './composeNotice.ts'
import { SEND_NOTICE, noticeJob, type NoticeJob } from './notice.job.ts'

interface NoticeParts extends MailTaskParts {
  clock: Clock
  throttles: Throttles
  siteUrl: string
}

/** Tells an account's owner what happened to its safety, and lets them say that it was not them. */
export function noticeTask(parts: NoticeParts): TaskDefinition<NoticeJob> {
  const { clock, throttles, tokens, siteUrl } = parts
  return mailTask(parts, {
    name: SEND_NOTICE,
    payload: noticeJob,
    what: 'notice',
    // Each kind by itself: many sign-ins cannot use up the mail that tells of a change.
    admit: ({ kind, email }) => throttles.admitMail(kind, email),
    async write(em, job) {
      const token = await tokens.issue(em, {
        id: job.tokenId,
        purpose: 'NOT_ME',
        email: job.email,
        user: { id: job.userId, authEpoch: null },
        now: clock.now(),
      })
      return token === null ? null : composeNotice(job, `${siteUrl}/security/not-me?token=${token}`)
    },
  })
}
