/** Codes of what the caller can put right, each with what it means. Both apps read them: one answers, one explains. */
export const userErrorCodes = {
  INVALID_INPUT: 'A field has the wrong form or size; path says which.',
  INVALID_CREDENTIALS:
    'The address and the password do not go together, and it is never said which; or it is not the password of who is signed in.',
  INVALID_TOKEN: "A link's token is unknown, used, or too old.",
  PASSWORD_TOO_SHORT: 'The password has fewer characters than are asked for.',
  PASSWORD_TOO_LONG: 'The password has more characters than are taken.',
  PASSWORD_COMPROMISED:
    "The password is known to attackers, or too close to the address or the product's name.",
  NOT_FOUND: "There is no such thing, or it is not the caller's.",
  SESSION_OVER: 'The session ended before; the payload holds it as it stands.',
  CONFLICT: 'The same client id was used before with other input.',
  REAUTHENTICATION_REQUIRED: 'A recent proof of identity is needed first: confirmIdentity, then repeat.',
  SECOND_FACTOR_REQUIRED: 'signIn: the password was right; finish with verifySecondFactor.',
  INVALID_CODE: 'The code of a second factor is wrong, used, or too old, or there is no second factor.',
  ALREADY_LINKED: 'That account of a sign-in provider is linked to a user already.',
  LAST_SIGN_IN_METHOD: 'The user could not sign in any more without it.',
  LIMIT_REACHED: 'There are as many of these as one may have: remove one first.',
  TOO_MANY_ATTEMPTS: 'Too many tries in a short time; retryAfterSeconds says how long to wait.',
} as const

export type UserErrorCode = keyof typeof userErrorCodes
