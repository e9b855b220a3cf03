import type { Clock } from '../../platform/clock/clock.ts'
import type { SecretKeys } from '../../platform/crypto/secretKeys.ts'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'
import { ApiKeyService } from './api-keys/apiKey.service.ts'
import { ApiKeyList } from './api-keys/apiKeyList.ts'
import { DeviceTokens } from './devices/deviceTokens.ts'
import { EmailChangeService } from './email-change/emailChange.service.ts'
import { LoginService } from './logins/login.service.ts'
import { UnlinkAccountService } from './accounts/unlinkAccount.service.ts'
import { LoginList } from './logins/loginList.ts'
import { RevokeLoginsService } from './logins/revokeLogins.service.ts'
import { NotMeService } from './not-me/notMe.service.ts'
import { OneTimeTokenRepository } from './one-time-tokens/oneTimeToken.repository.ts'
import { BcryptPool } from './passwords/bcryptPool.ts'
import { PasswordHasher } from './passwords/passwordHasher.ts'
import { ChangePasswordService } from './password-change/changePassword.service.ts'
import { PasswordResetService } from './password-reset/passwordReset.service.ts'
import { PasswordProver } from './passwords/passwordProver.ts'
import { ConfirmIdentityService } from './recent-proof/confirmIdentity.service.ts'
import { RecentProof } from './recent-proof/recentProof.ts'
import { SignInService } from './sign-in/signIn.service.ts'
import { SignUpService } from './sign-up/signUp.service.ts'
import { Throttles } from './throttles/throttles.ts'
import { ProfileService } from './users/profile.service.ts'
import { UserRepository } from './users/user.repository.ts'

/** What identity keeps as long as the process lives. It holds nothing of a request. */
export interface IdentityServices {
  users: UserRepository
  tokens: OneTimeTokenRepository
  throttles: Throttles
  bcryptPool: BcryptPool
  logins: LoginService
  recentProof: RecentProof
  loginList: LoginList
  revokeLogins: RevokeLoginsService
  apiKeys: ApiKeyService
  apiKeyList: ApiKeyList
  confirmIdentity: ConfirmIdentityService
  unlinkAccount: UnlinkAccountService
  passwordReset: PasswordResetService
  changePassword: ChangePasswordService
  emailChange: EmailChangeService
  notMe: NotMeService
  signIn: SignInService
  signUp: SignUpService
  profiles: ProfileService
}

export interface IdentityOptions {
  clock: Clock
  keys: SecretKeys
  redis: RedisClient
  bcryptCost: number
}

export function createIdentityServices({
  clock,
  keys,
  redis,
  bcryptCost,
}: IdentityOptions): IdentityServices {
  const users = new UserRepository()
  const tokens = new OneTimeTokenRepository()
  const throttles = new Throttles({ redis, keys })
  const bcryptPool = new BcryptPool({ cost: bcryptCost })
  const hasher = new PasswordHasher({ keys, pool: bcryptPool, cost: bcryptCost })
  const devices = new DeviceTokens({ keys, clock })
  const logins = new LoginService({ clock })
  const recentProof = new RecentProof({ clock })
  const apiKeys = new ApiKeyService({ clock, recentProof, throttles })
  const prover = new PasswordProver({ clock, hasher, throttles, users })
  return {
    users,
    tokens,
    throttles,
    bcryptPool,
    logins,
    recentProof,
    loginList: new LoginList({ clock }),
    revokeLogins: new RevokeLoginsService({ clock, apiKeys, devices, logins, recentProof }),
    apiKeys,
    apiKeyList: new ApiKeyList(),
    confirmIdentity: new ConfirmIdentityService({ logins, prover }),
    unlinkAccount: new UnlinkAccountService({ clock, devices, logins, recentProof }),
    passwordReset: new PasswordResetService({ clock, devices, hasher, throttles, tokens, logins, users }),
    changePassword: new ChangePasswordService({ clock, devices, hasher, prover, logins, users }),
    emailChange: new EmailChangeService({ clock, devices, throttles, tokens, logins, recentProof, users }),
    notMe: new NotMeService({ clock, tokens, logins }),
    signIn: new SignInService({ clock, devices, hasher, throttles, logins, users }),
    signUp: new SignUpService({ clock, devices, hasher, throttles, tokens, logins, users }),
    profiles: new ProfileService({ clock, users }),
  }
}
