/** What a mail is about, by its subject. */
export const mailKinds: Record<string, string> = {
  'Finish signing up': 'SIGN_UP',
  'You already have an account': 'SIGN_UP',
  'Choose a new password': 'PASSWORD_RESET',
  'Confirm your new e-mail address': 'EMAIL_CHANGE',
  'This address already has an account': 'EMAIL_CHANGE',
  'Your account was deleted': 'DELETED',
  'Your password was changed': 'PASSWORD_CHANGED',
  'Your password was reset': 'PASSWORD_RESET_DONE',
  'A change of e-mail address was requested': 'EMAIL_CHANGE_REQUESTED',
  'Your e-mail address was changed': 'EMAIL_CHANGED',
  'A way to sign in was removed': 'ACCOUNT_UNLINKED',
  'A copy of your data was downloaded': 'DATA_EXPORTED',
  'A new device signed in': 'NEW_DEVICE',
  'An API key was created': 'API_KEY_CREATED',
  'An API key was revoked': 'API_KEY_REVOKED',
}
