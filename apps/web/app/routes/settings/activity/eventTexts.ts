import type { SecurityEventKind } from '@wellness/api-client/generated/graphql'

/** What happened to the security of an account, in the words of its owner. */
export const eventTexts: Record<SecurityEventKind, string> = {
  SIGNED_UP: 'You created your account',
  SIGNED_IN: 'Signed in',
  SIGN_IN_FAILED: 'Someone entered a wrong password',
  SIGNED_OUT: 'Signed out',
  LOGIN_REVOKED: 'A device was signed out from the settings',
  ALL_LOGINS_REVOKED: 'Every device was signed out',
  PASSWORD_CHANGED: 'Your password was changed',
  PASSWORD_RESET_REQUESTED: 'You were sent a link to choose a new password',
  PASSWORD_RESET: 'A new password was chosen with a link we sent you',
  EMAIL_CHANGE_REQUESTED: 'A change of e-mail address was requested',
  EMAIL_CHANGED: 'Your e-mail address was changed',
  ACCOUNT_LINKED: 'Another way to sign in was added',
  ACCOUNT_UNLINKED: 'A way to sign in was removed',
  SECOND_FACTOR_ADDED: 'A second sign-in step was added',
  SECOND_FACTOR_REMOVED: 'A second sign-in step was removed',
  RECOVERY_CODES_RENEWED: 'New recovery codes were created',
  RECOVERY_CODE_USED: 'Signed in with a recovery code',
  DATA_EXPORTED: 'A copy of your data was downloaded',
  NOT_ME_REPORTED: 'You told us something wasn’t you',
  RESET_STARTED_BY_OPERATOR: 'The operator of this site sent you a link to choose a new password',
  DISABLED_BY_OPERATOR: 'The operator of this site closed your account',
  ENABLED_BY_OPERATOR: 'The operator of this site reopened your account',
  LOGINS_ENDED_BY_OPERATOR: 'The operator of this site signed out every device',
}
