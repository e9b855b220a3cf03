import type { CursorCodec } from '../../platform/graphql/cursorCodec.ts'
import type { RequestContext } from '../../platform/graphql/requestContext.ts'
import type { IdentityServices } from './identity.services.ts'
import type { Viewer } from './logins/viewer.ts'
import type { SecurityEventPages } from './security-events/securityEventPages.ts'

/** What identity adds to a request. */
export interface IdentityContext extends RequestContext {
  /** Null when the request carries no credential; a wrong one is refused before any resolver runs. */
  viewer: Viewer | null
  identity: IdentityServices
  securityEventPages: SecurityEventPages
  securityEventCursors: CursorCodec
}
