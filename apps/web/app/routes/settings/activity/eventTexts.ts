import type { SecurityEventKind } from '@wellness/api-client/generated/graphql'

/** What happened to the safety of an account, in the words of its owner. */
export const eventTexts: Record<SecurityEventKind, string> = {
  SIGNED_UP: 'You created your account',
  SIGNED_IN: 'Signed in',
  SIGN_IN_FAILED: 'Somebody tried a wrong password',
  SIGNED_OUT: 'Signed out',
  LOGIN_REVOKED: 'A device was signed out from the settings',
  ALL_LOGINS_REVOKED: 'Every device was signed out',
  PASSWORD_CHANGED: 'The password was changed',
  PASSWORD_RESET_REQUESTED: 'A link for a new password was sent to you',
  PASSWORD_RESET: 'A new password was chosen by such a link',
  EMAIL_CHANGE_REQUESTED: 'Another e-mail address was asked for',
  EMAIL_CHANGED: 'The e-mail address was changed',
  ACCOUNT_LINKED: 'Another way to sign in was added',
  ACCOUNT_UNLINKED: 'A way to sign in was removed',
  SECOND_FACTOR_ADDED: 'A second step to sign in was added',
  SECOND_FACTOR_REMOVED: 'A second step to sign in was removed',
  RECOVERY_CODES_RENEWED: 'New recovery codes were made',
  RECOVERY_CODE_USED: 'Signed in with a recovery code',
  DATA_EXPORTED: 'A copy of your data was downloaded',
  NOT_ME_REPORTED: 'You told us that something wasn’t you',
  RESET_STARTED_BY_OPERATOR: 'Whoever runs this site had a link for a new password sent to you',
  DISABLED_BY_OPERATOR: 'Whoever runs this site closed the account',
  ENABLED_BY_OPERATOR: 'Whoever runs this site opened the account again',
  LOGINS_ENDED_BY_OPERATOR: 'Whoever runs this site signed every device out',
}
