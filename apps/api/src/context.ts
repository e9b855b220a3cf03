import type { IdentityContext } from './modules/identity/identity.context.ts'
import { LoginRepository } from './modules/identity/logins/login.repository.ts'
import { UserType } from './modules/identity/users/user.type.ts'
import { opaqueToken } from './platform/crypto/opaqueToken.ts'
import type { Client, RunningOperation } from './platform/graphql/requestContext.ts'
import { unauthenticated } from './platform/graphql/unauthenticated.ts'
import type { Services } from './services.ts'

/** All that resolvers find in their context. */
export type ApiContext = IdentityContext

export interface ContextRequest {
  requestId: string
  operation: RunningOperation
  client: Client
  authorization: string | undefined
}

/** Makes the function that makes a request's context: the one place where features meet a request. */
export function createContextFactory({ orm, clock, logger, identity }: Services) {
  const logins = new LoginRepository([])

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

    return {
      requestId,
      operation,
      client,
      logger: logger.child({ requestId }),
      em,
      viewer,
      identity,
      loadNodes(prefix, uuids) {
        if (prefix !== 'user' || !viewer) return Promise.resolve([])
        return Promise.resolve(
          uuids.map((uuid) => (uuid === viewer.userId ? UserType.from(viewer.user) : null)),
        )
      },
    }
  }
}
