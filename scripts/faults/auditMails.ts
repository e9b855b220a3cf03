import { SECOND } from '@wellness/domain/time'
import type { Held } from './held.ts'
import type { MailWish, Time, Told } from './told.ts'

/** How many jobs a worker does at once: so many mails at most can be on their way when it dies. */
const JOBS_AT_ONCE = 4
/** From a mail server's acceptance to the note that the job is done. */
const NOTED_WITHIN_MS = SECOND

export interface MailsAudit {
  findings: string[]
  /** Mails that were sent again because something broke between their acceptance and the note of it. */
  sentAgain: number
  givenUp: number
  stillQueued: number
}

/**
 * Every mail that was asked for was sent once, or is known as not sent: queued, failed, or given up in the log.
 *
 * One exception cannot be helped: whoever dies after the mail server took the mail, and before that was written down, leaves
 * a job that is done again. It is bounded by the jobs that one worker does at once, and the first copy must have come
 * just before the break.
 */
export function auditMails(told: Told, held: Held): MailsAudit {
  const findings: string[] = []
  const received = Map.groupBy(held.mails, ({ email }) => email)
  const jobs = Map.groupBy(held.jobs, ({ email }) => email)
  const breaks = told.troubles
    .filter(({ kind }) => kind === 'workerKilled' || kind === 'smtpAway' || kind.startsWith('postgres'))
    .map(({ from }) => ({ at: from, sentAgain: 0 }))
  const audit = { sentAgain: 0, givenUp: 0, stillQueued: 0 }

  for (const wish of told.wishes) {
    const { email } = wish
    const arrivals = (received.get(email) ?? []).map(({ receivedAt }) => receivedAt).toSorted((a, b) => a - b)
    const queued = jobs.get(email)?.length ?? 0
    const givenUp = wish.attempts.filter(
      ({ requestId }) => requestId !== null && held.givenUp.has(requestId),
    ).length
    audit.givenUp += givenUp
    audit.stillQueued += queued
    const answered = wish.attempts.filter(({ failure }) => failure === null).length
    const known = arrivals.length + queued + givenUp
    if (known < answered) findings.push(`${email}: a mail was promised, not sent, and is not known as failed`)
    let tooMany = known - mayBeAsked(wish)
    for (const arrival of arrivals) {
      if (tooMany <= 0) break
      const broken = breaks.find((candidate) => isCutShort(arrival, candidate))
      if (!broken) continue
      broken.sentAgain += 1
      audit.sentAgain += 1
      tooMany -= 1
    }
    if (tooMany > 0) findings.push(`${email}: ${arrivals.length} mails for ${wish.attempts.length} requests`)
  }
  for (const email of received.keys())
    if (!told.wishes.some((wish) => wish.email === email))
      findings.push(`${email}: got a mail, and nobody asked for it`)
  for (const { email, isLocked } of held.jobs)
    if (isLocked) findings.push(`${email}: its job is held by a worker that died`)
  return { findings, ...audit }
}

/** A request that broke off or failed may have been carried out all the same. */
function mayBeAsked({ attempts }: MailWish): number {
  return attempts.filter(({ failure }) => failure !== 'notBegun').length
}

function isCutShort(arrival: Time, { at, sentAgain }: { at: Time; sentAgain: number }): boolean {
  return arrival >= at - NOTED_WITHIN_MS && arrival <= at + NOTED_WITHIN_MS && sentAgain < JOBS_AT_ONCE
}
