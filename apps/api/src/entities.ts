import { Account } from './modules/identity/accounts/account.entity.ts'
import { ApiKey } from './modules/identity/api-keys/apiKey.entity.ts'
import { Login } from './modules/identity/logins/login.entity.ts'
import { OneTimeToken } from './modules/identity/one-time-tokens/oneTimeToken.entity.ts'
import { SecurityEvent } from './modules/identity/security-events/securityEvent.entity.ts'
import { User } from './modules/identity/users/user.entity.ts'
import { Session } from './modules/sessions/session.entity.ts'

/** Every table of the application. */
export const entities = [User, Account, ApiKey, Login, OneTimeToken, SecurityEvent, Session]
