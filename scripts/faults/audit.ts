import { auditEndings } from './auditEndings.ts'
import { auditLiveStates } from './auditLiveStates.ts'
import { auditMails } from './auditMails.ts'
import { auditOpen } from './auditOpen.ts'
import { auditRequests } from './auditRequests.ts'
import { auditStarts } from './auditStarts.ts'
import type { Held } from './held.ts'
import type { Told } from './told.ts'

export interface Audit {
  /** A line each; none when all is as it must be. */
  findings: string[]
  /** What is worth knowing of what was found right. */
  counts: Record<string, number>
}

/** Compares what the clients were told with what the stores hold. */
export function audit(told: Told, held: Held): Audit {
  const live = auditLiveStates(told, held)
  const mails = auditMails(told, held)
  const count = (test: (act: Told['acts'][number]) => boolean): number => told.acts.filter(test).length
  return {
    findings: [
      ...auditStarts(told, held),
      ...auditEndings(told, held),
      ...auditOpen(told, held),
      ...live.findings,
      ...mails.findings,
      ...auditRequests(told),
    ],
    counts: {
      'users with sessions': new Set(held.sessions.map(({ userId }) => userId)).size,
      sessions: held.sessions.length,
      '  ended by their users or at the cap': held.sessions.filter(({ status }) => status === 'COMPLETED')
        .length,
      '  lapsed': held.sessions.filter(({ status }) => status === 'EXPIRED').length,
      '  moved back in time': new Set(told.backdatings.map(({ sessionId }) => sessionId)).size,
      'starts sent': count(({ kind }) => kind === 'start'),
      'beats sent': count(({ kind }) => kind === 'beat'),
      'ends sent': count(({ kind }) => kind === 'end'),
      'requests without an answer, sent again': count(({ failure }) => failure !== null),
      'answered live with an earlier session': count(({ answer }) => answer?.alreadyLive === true),
      'orphans in Redis that a fault explains': live.orphans,
      'times that the logs say: went on without Redis': held.withoutRedisAt.length,
      'workers that ended by themselves without PostgreSQL': told.deaths.length,
      'mails asked for': told.wishes.length,
      'mails received': held.mails.length,
      '  sent again because the note of it was cut off': mails.sentAgain,
      '  given up, as the log says': mails.givenUp,
      '  still queued': mails.stillQueued,
      'pages through the web app during restarts': told.pages.answered,
    },
  }
}
