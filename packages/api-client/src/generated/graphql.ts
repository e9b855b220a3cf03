/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '../documentTypeDecoration.ts'
/** The old password and the new one. */
export type ChangePasswordInput = {
  /** The password as it is now, which is the proof. */
  currentPassword: string;
  /** The new one, under the same rules as at the sign-up, and another than the one before. */
  newPassword: string;
};

/** What makes a user of who holds a sign-up link. */
export type CompleteSignUpInput = {
  /** What the person wants to be called, if anything. */
  name?: string | null | undefined;
  /** The password to sign in with: 15 to 128 characters of any kind, and none that attackers would try. */
  password: string;
  /** The token parameter of the link that requestSignUp sent. Works once. */
  token: string;
};

/** What shows that the new address is theirs. */
export type ConfirmEmailChangeInput = {
  /** The token parameter of the link that requestEmailChange sent. Works once. */
  token: string;
};

/** Exactly one way of proof; passkeys and linked providers are further ones. */
export type ConfirmIdentityInput = {
  /** A code of an authenticator app. Nobody has one yet: it is answered with INVALID_CODE. */
  code?: string | null | undefined;
  /** The password of who is signed in. */
  password?: string | null | undefined;
};

/** What the key is for. */
export type CreateApiKeyInput = {
  /** A UUID that the client makes for each key. Sent again, it makes no second one as long as the first exists, and is answered with CONFLICT, for the secret is told once; after that key was revoked, it makes a new one. */
  clientKeyId?: string | null | undefined;
  /** 1 to 366; null for a key without an end. */
  expiresInDays?: number | null | undefined;
  /** To know it again by: 1 to 100 characters. */
  name: string;
  /** What it may see and do: at least one, and no more than it needs. */
  scopes: Array<Scope>;
};

/** The user’s own e-mail address, typed again. */
export type DeleteUserInput = {
  /** In any spelling; another address deletes nothing. */
  email: string;
};

/** Which session to end. */
export type EndSessionInput = {
  /** The session's id. */
  id: string;
};

/** Which session to keep alive. */
export type RefreshSessionInput = {
  /** The session's id. */
  id: string;
};

/** Which notice told of something that was not the person. */
export type ReportNotMeInput = {
  /** The token parameter of the link in the notice. Works once, for seven days. */
  token: string;
};

/** Which address is wanted. */
export type RequestEmailChangeInput = {
  /** The new address, where the link is sent to. */
  newEmail: string;
};

/** Who forgot their password. */
export type RequestPasswordResetInput = {
  /** The address that the person signs in with, in any spelling. */
  email: string;
};

/** Who wants to sign up. */
export type RequestSignUpInput = {
  /** Where the link is to be sent; also what one signs in with later. */
  email: string;
};

/** A new password, and what allows to set it. */
export type ResetPasswordInput = {
  /** The new password, under the same rules as at the sign-up. */
  password: string;
  /** The token parameter of the link that requestPasswordReset sent. Works once. */
  token: string;
};

/** Which key is revoked. */
export type RevokeApiKeyInput = {
  /** As User.apiKeys gave it. */
  id: string;
};

/** Which login ends. */
export type RevokeLoginInput = {
  /** As User.logins gave it. */
  id: string;
};

/** What ends beside logins. */
export type RevokeLoginsInput = {
  /** Whether all API keys of the viewer are revoked as well. */
  revokeApiKeys?: boolean;
};

/** What a credential may see and do. A login may do all that its user may. */
export type Scope =
  /** me: id, name, image, e-mail address */
  | 'PROFILE_READ'
  /** sessions: times, status, practice, duration. Never notes. */
  | 'SESSIONS_READ'
  /** start, refresh, pause, resume, end */
  | 'SESSIONS_WRITE';

/** By what a person shows that it is them, beside the password. */
export type SecondFactorKind =
  /** A passkey of a device or a security key. */
  | 'PASSKEY'
  /** Codes of an authenticator app. */
  | 'TOTP';

/** What happened to the safety of an account. */
export type SecurityEventKind =
  /** A sign-in provider was linked. */
  | 'ACCOUNT_LINKED'
  /** A sign-in provider was unlinked. */
  | 'ACCOUNT_UNLINKED'
  /** Every login was ended. */
  | 'ALL_LOGINS_REVOKED'
  /** Whoever runs this place revoked every API key. */
  | 'API_KEYS_REVOKED_BY_OPERATOR'
  /** An API key was created. */
  | 'API_KEY_CREATED'
  /** An API key was revoked. */
  | 'API_KEY_REVOKED'
  /** A copy of everything about the person was handed out. */
  | 'DATA_EXPORTED'
  /** Whoever runs this place shut the account. */
  | 'DISABLED_BY_OPERATOR'
  /** The address was changed, after the new one was shown to be theirs. */
  | 'EMAIL_CHANGED'
  /** Somebody who was signed in asked for another address. */
  | 'EMAIL_CHANGE_REQUESTED'
  /** Whoever runs this place opened the account again. */
  | 'ENABLED_BY_OPERATOR'
  /** Whoever runs this place ended every login. */
  | 'LOGINS_ENDED_BY_OPERATOR'
  /** A login was ended from another device, or from this one. */
  | 'LOGIN_REVOKED'
  /** The owner said that something was not them: every login was ended, every API key revoked, and the password made useless. */
  | 'NOT_ME_REPORTED'
  /** The password was changed by who knew the one before. */
  | 'PASSWORD_CHANGED'
  /** A new password was chosen with such a link. */
  | 'PASSWORD_RESET'
  /** Somebody asked for a link to choose a new password. */
  | 'PASSWORD_RESET_REQUESTED'
  /** New recovery codes were made, and the old ones are void. */
  | 'RECOVERY_CODES_RENEWED'
  /** Somebody signed in with a recovery code. */
  | 'RECOVERY_CODE_USED'
  /** Whoever runs this place had a link sent to choose a new password. */
  | 'RESET_STARTED_BY_OPERATOR'
  /** An authenticator app or a passkey was added. */
  | 'SECOND_FACTOR_ADDED'
  /** An authenticator app or a passkey was removed. */
  | 'SECOND_FACTOR_REMOVED'
  /** Somebody signed in with the password. */
  | 'SIGNED_IN'
  /** Somebody signed out on a device. */
  | 'SIGNED_OUT'
  /** The account was made. */
  | 'SIGNED_UP'
  /** A try with a wrong password. Further ones within the hour are not told. */
  | 'SIGN_IN_FAILED';

/** Days are those of the session's own time zone; both ends are included. */
export type SessionFilter = {
  /** The first day; open when left out. */
  from?: string | null | undefined;
  /** The last day; open when left out. */
  to?: string | null | undefined;
};

/** Whether a session is live, and if not, how it ended. */
export type SessionStatus =
  /** Ended by its user, or at its planned end. */
  | 'COMPLETED'
  /** Left alone until its live state lapsed; it ended at its last beat. */
  | 'EXPIRED'
  /** Live: it is kept alive by beats. */
  | 'RUNNING';

/** Who signs in. */
export type SignInInput = {
  /** The deviceToken of an earlier answer, if this device has one. Any other text is like none. */
  deviceToken?: string | null | undefined;
  /** The address that the person signed up with, in any spelling. */
  email: string;
  /** The password that goes with it. */
  password: string;
};

/** How a session starts. */
export type StartSessionInput = {
  /** A UUID that the client makes: the same one again answers with the same session, live or over, and alreadyLive false. */
  clientSessionId?: string | null | undefined;
  /** An IANA time zone name. UTC when left out. */
  timeZone?: string | null | undefined;
};

/** Which account of a sign-in provider is unlinked. */
export type UnlinkAccountInput = {
  /** As Account.provider. */
  provider: string;
  /** As Account.providerAccountId. */
  providerAccountId: string;
};

/** What changes. A field that is left out stays as it is, and null clears it. */
export type UpdateProfileInput = {
  /** What the person wants to be called. */
  name?: string | null | undefined;
};

/** What kind of thing the caller can put right. */
export type UserErrorCode =
  /** That account of a sign-in provider is linked to a user already. */
  | 'ALREADY_LINKED'
  /** The same client id was used before with other input. */
  | 'CONFLICT'
  /** The code of a second factor is wrong, used, or too old, or there is no second factor. */
  | 'INVALID_CODE'
  /** The address and the password do not go together, and it is never said which; or it is not the password of who is signed in. */
  | 'INVALID_CREDENTIALS'
  /** A field has the wrong form or size; path says which. */
  | 'INVALID_INPUT'
  /** A link's token is unknown, used, or too old. */
  | 'INVALID_TOKEN'
  /** The user could not sign in any more without it. */
  | 'LAST_SIGN_IN_METHOD'
  /** There are as many of these as one may have: remove one first. */
  | 'LIMIT_REACHED'
  /** There is no such thing, or it is not the caller's. */
  | 'NOT_FOUND'
  /** The password is known to attackers, or too close to the address or the product's name. */
  | 'PASSWORD_COMPROMISED'
  /** The password has more characters than are taken. */
  | 'PASSWORD_TOO_LONG'
  /** The password has fewer characters than are asked for. */
  | 'PASSWORD_TOO_SHORT'
  /** A recent proof of identity is needed first: confirmIdentity, then repeat. */
  | 'REAUTHENTICATION_REQUIRED'
  /** signIn: the password was right; finish with verifySecondFactor. */
  | 'SECOND_FACTOR_REQUIRED'
  /** The session ended before; the payload holds it as it stands. */
  | 'SESSION_OVER'
  /** Too many tries in a short time; retryAfterSeconds says how long to wait. */
  | 'TOO_MANY_ATTEMPTS';

export type AccountSafetyQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountSafetyQuery = { me: { id: string, email: string, hasPassword: boolean, recoveryCodesLeft: number, accounts: Array<{ provider: string, providerAccountId: string, type: string }>, secondFactors: Array<{ id: string, kind: SecondFactorKind, name: string, createdAt: string, lastUsedAt: string | null }> } | null };

export type UnlinkAccountMutationVariables = Exact<{
  input: UnlinkAccountInput;
}>;


export type UnlinkAccountMutation = { unlinkAccount: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type UserErrorFieldsFragment = { code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null };

export type ProfileFragment = { id: string, email: string, name: string | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, email: string, name: string | null } | null };

export type RequestSignUpMutationVariables = Exact<{
  input: RequestSignUpInput;
}>;


export type RequestSignUpMutation = { requestSignUp: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type CompleteSignUpMutationVariables = Exact<{
  input: CompleteSignUpInput;
}>;


export type CompleteSignUpMutation = { completeSignUp: { token: string | null, expiresAt: string | null, deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { token: string | null, expiresAt: string | null, deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile: { user: { id: string, email: string, name: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ApiKeyFieldsFragment = { id: string, name: string, hint: string, scopes: Array<Scope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null };

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { me: { id: string, apiKeys: Array<{ id: string, name: string, hint: string, scopes: Array<Scope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null }> } | null };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string | null, apiKey: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type LoginsQueryVariables = Exact<{ [key: string]: never; }>;


export type LoginsQuery = { me: { id: string, logins: Array<{ id: string, current: boolean, createdAt: string, lastSeenAt: string, idleExpiresAt: string, expiresAt: string, device: string | null, ipAddress: string | null }>, apiKeys: Array<{ id: string, name: string, hint: string, scopes: Array<Scope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null }> } | null };

export type RevokeLoginMutationVariables = Exact<{
  input: RevokeLoginInput;
}>;


export type RevokeLoginMutation = { revokeLogin: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ConfirmIdentityMutationVariables = Exact<{
  input: ConfirmIdentityInput;
}>;


export type ConfirmIdentityMutation = { confirmIdentity: { token: string | null, expiresAt: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type RevokeOtherLoginsMutationVariables = Exact<{
  input?: RevokeLoginsInput | null | undefined;
}>;


export type RevokeOtherLoginsMutation = { revokeOtherLogins: { deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type RevokeAllLoginsMutationVariables = Exact<{
  input?: RevokeLoginsInput | null | undefined;
}>;


export type RevokeAllLoginsMutation = { revokeAllLogins: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type SecurityEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type SecurityEventsQuery = { me: { securityEvents: { nodes: Array<{ id: string, kind: SecurityEventKind, occurredAt: string, device: string | null, ipAddress: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword: { deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { token: string | null, expiresAt: string | null, deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ReportNotMeMutationVariables = Exact<{
  input: ReportNotMeInput;
}>;


export type ReportNotMeMutation = { reportNotMe: { resetLinkSent: boolean | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { requestEmailChange: { userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: ConfirmEmailChangeInput;
}>;


export type ConfirmEmailChangeMutation = { confirmEmailChange: { deviceToken: string | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type SessionFieldsFragment = { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string };

export type TodayQueryVariables = Exact<{
  lastSessions: number;
}>;


export type TodayQuery = { me: { name: string | null, liveSession: { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string } | null, sessions: { nodes: Array<{ id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string }> } } | null };

export type LiveSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveSessionQuery = { me: { liveSession: { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string } | null } | null };

export type SessionByIdQueryVariables = Exact<{
  id: string;
}>;


export type SessionByIdQuery = { node:
    | { __typename: 'ApiKey' }
    | { __typename: 'Login' }
    | { __typename: 'SecondFactor' }
    | { __typename: 'SecurityEvent' }
    | { __typename: 'Session', id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string }
    | { __typename: 'User' }
   | null };

export type HistoryQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: SessionFilter | null | undefined;
}>;


export type HistoryQuery = { me: { sessions: { nodes: Array<{ id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type StartSessionMutationVariables = Exact<{
  input: StartSessionInput;
}>;


export type StartSessionMutation = { startSession: { alreadyLive: boolean, serverTime: string, session: { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { serverTime: string, session: { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { endSession: { session: { id: string, status: SessionStatus, startedAt: string, endedAt: string | null, durationSeconds: number | null, expiresAt: string | null, timeZone: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> | null, retryAfterSeconds: number | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const UserErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}
    `, {"fragmentName":"UserErrorFields"}) as unknown as TypedDocumentString<UserErrorFieldsFragment, unknown>;
export const ProfileFragmentDoc = new TypedDocumentString(`
    fragment Profile on User {
  id
  email
  name
}
    `, {"fragmentName":"Profile"}) as unknown as TypedDocumentString<ProfileFragment, unknown>;
export const ApiKeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  scopes
  createdAt
  expiresAt
  lastUsedAt
}
    `, {"fragmentName":"ApiKeyFields"}) as unknown as TypedDocumentString<ApiKeyFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}
    `, {"fragmentName":"SessionFields"}) as unknown as TypedDocumentString<SessionFieldsFragment, unknown>;
export const AccountSafetyDocument = new TypedDocumentString(`
    query AccountSafety {
  me {
    id
    email
    hasPassword
    accounts {
      provider
      providerAccountId
      type
    }
    secondFactors {
      id
      kind
      name
      createdAt
      lastUsedAt
    }
    recoveryCodesLeft
  }
}
    `, {"hash":"sha256:aea431cf95737c8b40ec8817f17b98ee16acd283f48def1cfa8cd002250cdda5"}) as unknown as TypedDocumentString<AccountSafetyQuery, AccountSafetyQueryVariables>;
export const UnlinkAccountDocument = new TypedDocumentString(`
    mutation UnlinkAccount($input: UnlinkAccountInput!) {
  unlinkAccount(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:5f3c6200a0d7b6c9a2984abf3f7732ac2b8950ad63efe4514510cb2d6a2c5104"}) as unknown as TypedDocumentString<UnlinkAccountMutation, UnlinkAccountMutationVariables>;
export const DeleteUserDocument = new TypedDocumentString(`
    mutation DeleteUser($input: DeleteUserInput!) {
  deleteUser(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:004388691a7789c19b3ec06fa31a97970e77b1455308df437287d056bce83104"}) as unknown as TypedDocumentString<DeleteUserMutation, DeleteUserMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    ...Profile
  }
}
    fragment Profile on User {
  id
  email
  name
}`, {"hash":"sha256:886c7267599c62819539997e529ae891cb6f981e1ce978c629bc9c134da20ac8"}) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const RequestSignUpDocument = new TypedDocumentString(`
    mutation RequestSignUp($input: RequestSignUpInput!) {
  requestSignUp(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:1d593d44010065598fd3e9690349dc62953d04bd9d62fff6d67a75c02460fffd"}) as unknown as TypedDocumentString<RequestSignUpMutation, RequestSignUpMutationVariables>;
export const CompleteSignUpDocument = new TypedDocumentString(`
    mutation CompleteSignUp($input: CompleteSignUpInput!) {
  completeSignUp(input: $input) {
    token
    expiresAt
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:5a7ae0af9c62fc23c1399017a144f6ef5373c01f064cec23fadeee634e237a27"}) as unknown as TypedDocumentString<CompleteSignUpMutation, CompleteSignUpMutationVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
    expiresAt
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:71ad42ac21f2d36d9ccfd4fe9b74caa86ddfd081e564b8229a08e482fd82824f"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:c83b9563b73af5a6424448b0a17d7bfdca901b5d093f04567264f4a6d1b57cfa"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}
fragment Profile on User {
  id
  email
  name
}`, {"hash":"sha256:4a50252b2da4b5355a66c3c1f12f5af20455b3be88e210e199cbeb86d61af421"}) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys {
  me {
    id
    apiKeys {
      ...ApiKeyFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  scopes
  createdAt
  expiresAt
  lastUsedAt
}`, {"hash":"sha256:2ff2f45943c55404fc3dc1dad3010a3fe0bfaf096e66811fb582e988663e2266"}) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:4040490e5912a6973ed30da72975d4061b0152f4c5779e1a2dcf665b4bf7e6d9"}) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:c2479a87911d7f5c49d6ca8aaa6cc647d1f55606c309e48c4db8eb6cff692700"}) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const LoginsDocument = new TypedDocumentString(`
    query Logins {
  me {
    id
    logins {
      id
      current
      createdAt
      lastSeenAt
      idleExpiresAt
      expiresAt
      device
      ipAddress
    }
    apiKeys {
      ...ApiKeyFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  scopes
  createdAt
  expiresAt
  lastUsedAt
}`, {"hash":"sha256:cae1921827cbbc5c0f2b2ac6d03699fd8c8d92dfda8bd059e5a009133e7a11ce"}) as unknown as TypedDocumentString<LoginsQuery, LoginsQueryVariables>;
export const RevokeLoginDocument = new TypedDocumentString(`
    mutation RevokeLogin($input: RevokeLoginInput!) {
  revokeLogin(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:7ca27cce9061b4ea641f77ef7684b8fdd64718e09954dbfbc1212a74fcb2b77d"}) as unknown as TypedDocumentString<RevokeLoginMutation, RevokeLoginMutationVariables>;
export const ConfirmIdentityDocument = new TypedDocumentString(`
    mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
  confirmIdentity(input: $input) {
    token
    expiresAt
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:87d6753482dbfc37f68a1a093cf4b771d1205c268a743620c09542ae7e73a9da"}) as unknown as TypedDocumentString<ConfirmIdentityMutation, ConfirmIdentityMutationVariables>;
export const RevokeOtherLoginsDocument = new TypedDocumentString(`
    mutation RevokeOtherLogins($input: RevokeLoginsInput) {
  revokeOtherLogins(input: $input) {
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:1fb53884b655c9f3251adb691bcd9676a845131222a2a23dd30f518861ba99a2"}) as unknown as TypedDocumentString<RevokeOtherLoginsMutation, RevokeOtherLoginsMutationVariables>;
export const RevokeAllLoginsDocument = new TypedDocumentString(`
    mutation RevokeAllLogins($input: RevokeLoginsInput) {
  revokeAllLogins(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:4ecec23c065fe2b0565cd31711dec951d2b0c1bd66ec23724fa822d08abb3942"}) as unknown as TypedDocumentString<RevokeAllLoginsMutation, RevokeAllLoginsMutationVariables>;
export const SecurityEventsDocument = new TypedDocumentString(`
    query SecurityEvents($first: Int, $after: String, $last: Int, $before: String) {
  me {
    securityEvents(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        id
        kind
        occurredAt
        device
        ipAddress
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:b2da4113c7ac1ad8e1c8756a3c85b66153680fdc29119ac56a1283797b7d3ead"}) as unknown as TypedDocumentString<SecurityEventsQuery, SecurityEventsQueryVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:6c6070723638e7d853c352a921a96382676569aeeb0639af962b196393678e87"}) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:402764b67454b2b6cc8aabe89dbd8f52c378c3a93cadf6cf66d1d94be90e2b35"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    token
    expiresAt
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:94b0bdc8ec87f716c2972d7ff7760bb3431faca379ab325a957e2e6d6d79b9ab"}) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ReportNotMeDocument = new TypedDocumentString(`
    mutation ReportNotMe($input: ReportNotMeInput!) {
  reportNotMe(input: $input) {
    resetLinkSent
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:cbfcc8a889f852bac1818f1d7e0ca966fb9197175714d05dfa1cf7eaf84ba314"}) as unknown as TypedDocumentString<ReportNotMeMutation, ReportNotMeMutationVariables>;
export const RequestEmailChangeDocument = new TypedDocumentString(`
    mutation RequestEmailChange($input: RequestEmailChangeInput!) {
  requestEmailChange(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:651c2233f92ea576acf5dc61fe2646fb99f350bcaf0f3eabd494856682337693"}) as unknown as TypedDocumentString<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const ConfirmEmailChangeDocument = new TypedDocumentString(`
    mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) {
  confirmEmailChange(input: $input) {
    deviceToken
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}`, {"hash":"sha256:98adcaddd76471728616655a5fa2b46437ea076776979f8f87318c56d98cab32"}) as unknown as TypedDocumentString<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>;
export const TodayDocument = new TypedDocumentString(`
    query Today($lastSessions: Int!) {
  me {
    name
    liveSession {
      ...SessionFields
    }
    sessions(first: $lastSessions) {
      nodes {
        ...SessionFields
      }
    }
  }
}
    fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:fa8c1eea65621176fc093d7e0bc1dd8752b9113815471cce7ee6e3b4e3890ff0"}) as unknown as TypedDocumentString<TodayQuery, TodayQueryVariables>;
export const LiveSessionDocument = new TypedDocumentString(`
    query LiveSession {
  me {
    liveSession {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:51e2a70c4b76a89f38e6bbd0dc080808c3885954dcf3277f3dc40f65856f895b"}) as unknown as TypedDocumentString<LiveSessionQuery, LiveSessionQueryVariables>;
export const SessionByIdDocument = new TypedDocumentString(`
    query SessionById($id: ID!) {
  node(id: $id) {
    __typename
    ... on Session {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:240bb0468f399b027a978b62588cb03bfdd2c6f2eb808427bbf9708441e4b8be"}) as unknown as TypedDocumentString<SessionByIdQuery, SessionByIdQueryVariables>;
export const HistoryDocument = new TypedDocumentString(`
    query History($first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
  me {
    sessions(
      first: $first
      after: $after
      last: $last
      before: $before
      filter: $filter
    ) {
      nodes {
        ...SessionFields
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:3fb45e9cfff95695347d1696bcfdc8e2982d78c55081ca719df45993255cd1a8"}) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const StartSessionDocument = new TypedDocumentString(`
    mutation StartSession($input: StartSessionInput!) {
  startSession(input: $input) {
    session {
      ...SessionFields
    }
    alreadyLive
    serverTime
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}
fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:6c0e1343844b55642282ae887f221907f26c05cc02319905a7b25ad5abc4cfb1"}) as unknown as TypedDocumentString<StartSessionMutation, StartSessionMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session {
      ...SessionFields
    }
    serverTime
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}
fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:95bc9fee456133252fc3e449f87f3b263a5fd7444f2d91f8c6b128aa62be12bb"}) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const EndSessionDocument = new TypedDocumentString(`
    mutation EndSession($input: EndSessionInput!) {
  endSession(input: $input) {
    session {
      ...SessionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  retryAfterSeconds
}
fragment SessionFields on Session {
  id
  status
  startedAt
  endedAt
  durationSeconds
  expiresAt
  timeZone
}`, {"hash":"sha256:27ffc5aa967676f4a27b9b66b6039f361e9ab6c66ff0a68a126198e64bea77cd"}) as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;