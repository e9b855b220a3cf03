import type { UserErrorDetail } from '../../platform/graphql/userProblem.ts'

/** What the caller of a session's mutation can put right. */
export const sessionErrors = {
  notFound: {
    code: 'NOT_FOUND',
    message: 'There is no such session, or it is not yours.',
    path: ['id'],
  },
  over: { code: 'SESSION_OVER', message: 'This session is over.', path: null },
  clientSessionIdUsed: {
    code: 'CONFLICT',
    message: 'This clientSessionId was used before, with another time zone.',
    path: ['clientSessionId'],
  },
  unknownTimeZone: {
    code: 'INVALID_INPUT',
    message: 'Give an IANA time zone such as Europe/Stockholm.',
    path: ['timeZone'],
  },
} satisfies Record<string, UserErrorDetail>
