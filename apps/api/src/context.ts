import { LoginRepository } from './modules/identity/logins/login.repository.ts'
import { UserType } from './modules/identity/users/user.type.ts'
import { BeatStore } from './modules/sessions/beat.store.ts'
import { liveSessionRider } from './modules/sessions/liveSessionRider.ts'
import { SessionService } from './modules/sessions/session.service.ts'
import { SessionStore } from './modules/sessions/session.store.ts'
import { SessionType } from './modules/sessions/session.type.ts'
import { SessionPages } from './modules/sessions/sessionPages.ts'
import type { SessionsContext } from './modules/sessions/sessions.context.ts'
import { opaqueToken } from './platform/crypto/opaqueToken.ts'
import { CursorCodec } from './platform/graphql/cursorCodec.ts'
import type { Client } from './platform/graphql/requestContext.ts'
import type { RunningOperation } from './platform/graphql/runningOperation.ts'
import { unauthenticated } from './platform/graphql/unauthenticated.ts'
import type { Services } from './services.ts'

/** All that resolvers find in their context. */
export type ApiContext = SessionsContext

export interface ContextRequest {
  requestId: string
  operation: RunningOperation
  client: Client
  authorization: string | undefined
}

/** Makes the function that makes a request's context: the one place where features meet a request. */
export function createContextFactory({ orm, redis, keys, clock, logger, identity }: Services) {
  const logins = new LoginRepository([liveSessionRider])
  const sessionParts = { store: new SessionStore(redis), beats: new BeatStore(redis), clock }
  const sessionCursors = new CursorCodec(keys, 'sessions')

  return async ({ requestId, operation, client, authorization }: ContextRequest): Promise<ApiContext> => {
    const em = orm.em.fork({ signal: operation.signal, inflightQueryAbortStrategy: 'cancel query' })
    const viewer = authorization === undefined ? null : await findViewer(authorization)

    async function findViewer(header: string) {
      const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1]
      const hash = token && opaqueToken.hash(token)
      const found = hash ? await logins.findViewer(em, hash, clock.now()) : null
      if (!found) throw unauthenticated()
      return found
    }

    const requestLogger = logger.child({ requestId })
    const sessions = new SessionService({
      ...sessionParts,
      em,
      logger: requestLogger,
      ...(viewer ? { known: { userId: viewer.userId, session: liveSessionRider.read(viewer) } } : {}),
    })

    return {
      requestId,
      operation,
      client,
      logger: requestLogger,
      em,
      viewer,
      identity,
      sessions,
      sessionPages: new SessionPages(em),
      sessionCursors,
      async loadNodes(prefix, uuids) {
        if (!viewer) return []
        const user = UserType.from(viewer.user)
        if (prefix === 'user') return uuids.map((uuid) => (uuid === viewer.userId ? user : null))
        if (prefix !== 'session') return []
        const found = await sessions.findByIds(viewer.userId, uuids)
        return found.map((session) => SessionType.from(session, user))
      },
    }
  }
}
