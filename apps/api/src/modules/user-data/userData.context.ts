import type { SessionsContext } from '../sessions/sessions.context.ts'
import type { UserExport } from './userExport.ts'
import type { UserDeletionService } from './userDeletion.service.ts'

/** What looks after all of a person's data adds to a request. */
export interface UserDataContext extends SessionsContext {
  userExport: UserExport
  userDeletion: UserDeletionService
}
