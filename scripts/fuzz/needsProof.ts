/** What wants that it was shown a moment ago who is signed in. */
export const NEEDS_PROOF = new Set([
  'requestEmailChange',
  'createApiKey',
  'revokeLogin',
  'revokeOtherLogins',
  'revokeAllLogins',
  'unlinkAccount',
  'exportAccount',
  'deleteUser',
])
