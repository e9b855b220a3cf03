/** What can happen to the safety of an account, each as its owner is told of it. */
export const securityEventKinds = {
  SIGNED_UP: 'The account was made.',
  SIGNED_IN: 'Somebody signed in with the password.',
  SIGN_IN_FAILED: 'A try with a wrong password. Further ones within the hour are not told.',
  SIGNED_OUT: 'Somebody signed out on a device.',
  LOGIN_REVOKED: 'A login was ended from another device, or from this one.',
  ALL_LOGINS_REVOKED: 'Every login was ended.',
  PASSWORD_CHANGED: 'The password was changed by who knew the one before.',
  PASSWORD_RESET_REQUESTED: 'Somebody asked for a link to choose a new password.',
  PASSWORD_RESET: 'A new password was chosen with such a link.',
  EMAIL_CHANGE_REQUESTED: 'Somebody who was signed in asked for another address.',
  EMAIL_CHANGED: 'The address was changed, after the new one was shown to be theirs.',
  NOT_ME_REPORTED:
    'The owner said that something was not them: every login was ended, every API key revoked, and the password made useless.',
  ACCOUNT_LINKED: 'A sign-in provider was linked.',
  ACCOUNT_UNLINKED: 'A sign-in provider was unlinked.',
  SECOND_FACTOR_ADDED: 'An authenticator app or a passkey was added.',
  SECOND_FACTOR_REMOVED: 'An authenticator app or a passkey was removed.',
  RECOVERY_CODES_RENEWED: 'New recovery codes were made, and the old ones are void.',
  RECOVERY_CODE_USED: 'Somebody signed in with a recovery code.',
  API_KEY_CREATED: 'An API key was created.',
  API_KEY_REVOKED: 'An API key was revoked.',
  DATA_EXPORTED: 'A copy of everything about the person was handed out.',
  DISABLED_BY_OPERATOR: 'Whoever runs this place shut the account.',
  ENABLED_BY_OPERATOR: 'Whoever runs this place opened the account again.',
  RESET_STARTED_BY_OPERATOR: 'Whoever runs this place had a link sent to choose a new password.',
  LOGINS_ENDED_BY_OPERATOR: 'Whoever runs this place ended every login.',
  API_KEYS_REVOKED_BY_OPERATOR: 'Whoever runs this place revoked every API key.',
} as const

export type SecurityEventKind = keyof typeof securityEventKinds
