import type { CursorCodec } from '../../platform/graphql/cursorCodec.ts'
import type { IdentityContext } from '../identity/identity.context.ts'
import type { SessionPages } from './sessionPages.ts'
import type { SessionService } from './session.service.ts'

/** What sessions add to a request. */
export interface SessionsContext extends IdentityContext {
  sessions: SessionService
  sessionPages: SessionPages
  sessionCursors: CursorCodec
}
