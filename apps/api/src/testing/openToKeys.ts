import type { KeyRule } from '../platform/graphql/key-access/forKeys.ts'

/** All that is open to keys, written down a second time: everything else is not. */
export const openToKeys: Record<string, Exclude<KeyRule, 'NONE'>> = {
  ...open('ANY', 'Query', 'me', 'node', 'nodes', 'rateLimit'),
  ...open('ANY', 'RateLimit', 'limit', 'cost', 'remaining', 'resetAt'),
  ...open('ANY', 'Node', 'id'),
  ...open('ANY', 'PageInfo', 'startCursor', 'endCursor', 'hasNextPage', 'hasPreviousPage'),
  ...open('ANY', 'UserError', 'code', 'message', 'path', 'retryAfterSeconds'),
  ...open('PROFILE_READ', 'User', 'id', 'name', 'image', 'email'),
  ...open('SESSIONS_READ', 'User', 'sessions', 'liveSession'),
  ...open('SESSIONS_READ', 'SessionConnection', 'edges', 'nodes', 'pageInfo', 'totalCount'),
  ...open('SESSIONS_READ', 'SessionEdge', 'cursor', 'node'),
  ...open('SESSIONS_READ', 'Session', 'id', 'status', 'startedAt', 'endedAt', 'durationSeconds'),
  ...open('SESSIONS_READ', 'Session', 'expiresAt', 'timeZone'),
  ...open('ANY', 'Session', 'user'),
  ...open('SESSIONS_WRITE', 'Mutation', 'startSession', 'refreshSession', 'endSession'),
  ...open('SESSIONS_WRITE', 'StartSessionPayload', 'session', 'alreadyLive', 'serverTime', 'userErrors'),
  ...open('SESSIONS_WRITE', 'RefreshSessionPayload', 'session', 'serverTime', 'userErrors'),
  ...open('SESSIONS_WRITE', 'EndSessionPayload', 'session', 'userErrors'),
}

function open(rule: Exclude<KeyRule, 'NONE'>, type: string, ...fields: string[]) {
  return Object.fromEntries(fields.map((field) => [`${type}.${field}`, rule]))
}
