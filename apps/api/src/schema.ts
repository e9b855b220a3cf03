import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import { UnlinkAccountResolver } from './modules/identity/accounts/unlinkAccount.resolver.ts'
import { ApiKeysResolver } from './modules/identity/api-keys/apiKeys.resolver.ts'
import { UserApiKeysResolver } from './modules/identity/api-keys/userApiKeys.resolver.ts'
import { EmailChangeResolver } from './modules/identity/email-change/emailChange.resolver.ts'
import { RevokeLoginsResolver } from './modules/identity/logins/revokeLogins.resolver.ts'
import { UserLoginsResolver } from './modules/identity/logins/userLogins.resolver.ts'
import { NotMeResolver } from './modules/identity/not-me/notMe.resolver.ts'
import { ChangePasswordResolver } from './modules/identity/password-change/changePassword.resolver.ts'
import { PasswordResetResolver } from './modules/identity/password-reset/passwordReset.resolver.ts'
import { ConfirmIdentityResolver } from './modules/identity/recent-proof/confirmIdentity.resolver.ts'
import { UserSecondFactorsResolver } from './modules/identity/second-factors/userSecondFactors.resolver.ts'
import { VerifySecondFactorResolver } from './modules/identity/second-factors/verifySecondFactor.resolver.ts'
import { UserSecurityEventsResolver } from './modules/identity/security-events/userSecurityEvents.resolver.ts'
import { SignInResolver } from './modules/identity/sign-in/signIn.resolver.ts'
import { SignUpResolver } from './modules/identity/sign-up/signUp.resolver.ts'
import { ProfileResolver } from './modules/identity/users/profile.resolver.ts'
import { UserResolver } from './modules/identity/users/user.resolver.ts'
import { EndSessionResolver } from './modules/sessions/endSession.resolver.ts'
import { RefreshSessionResolver } from './modules/sessions/refreshSession.resolver.ts'
import { StartSessionResolver } from './modules/sessions/startSession.resolver.ts'
import { UserSessionsResolver } from './modules/sessions/userSessions.resolver.ts'
import { DeleteUserResolver } from './modules/user-data/deleteUser.resolver.ts'
import { assertKeyRules } from './platform/graphql/key-access/assertKeyRules.ts'
import { RateLimitResolver } from './platform/graphql/limits/rateLimit.resolver.ts'
import { NodeResolver } from './platform/graphql/node.resolver.ts'

/** Every resolver of the API. */
const resolvers = [
  NodeResolver,
  RateLimitResolver,
  UserResolver,
  SignUpResolver,
  SignInResolver,
  ConfirmIdentityResolver,
  UserLoginsResolver,
  RevokeLoginsResolver,
  UserApiKeysResolver,
  ApiKeysResolver,
  UserSecurityEventsResolver,
  UserSecondFactorsResolver,
  VerifySecondFactorResolver,
  UnlinkAccountResolver,
  PasswordResetResolver,
  ChangePasswordResolver,
  EmailChangeResolver,
  NotMeResolver,
  ProfileResolver,
  UserSessionsResolver,
  StartSessionResolver,
  RefreshSessionResolver,
  EndSessionResolver,
  DeleteUserResolver,
] as const

/**
 * The GraphQL schema. zod validates inputs, and there is no global middleware: it would run on every field.
 *
 * @throws when a field does not say what an API key needs to ask for it.
 */
export function createSchema(extraResolvers: readonly (new () => object)[] = []): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...resolvers, ...extraResolvers] as unknown as NonEmptyArray<new () => object>,
    validate: false,
  })
  assertKeyRules(schema)
  return schema
}
