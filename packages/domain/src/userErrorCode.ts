/** Codes of what the caller can put right, each with what it means. Both apps read them: one answers, one explains. */
export const userErrorCodes = {
  INVALID_INPUT: 'A field has the wrong form or size; path says which.',
  INVALID_CREDENTIALS: 'signIn: the address and the password do not go together. Never says which.',
  INVALID_TOKEN: "A link's token is unknown, used, or too old.",
  PASSWORD_TOO_SHORT: 'The password has fewer characters than are asked for.',
  PASSWORD_TOO_LONG: 'The password has more characters than are taken.',
  PASSWORD_COMPROMISED:
    "The password is known to attackers, or too close to the address or the product's name.",
  NOT_FOUND: "There is no such thing, or it is not the caller's.",
  SESSION_OVER: 'The session ended before; the payload holds it as it stands.',
  CONFLICT: 'The same client id was used before with other input.',
  TOO_MANY_ATTEMPTS: 'Too many tries in a short time; retryAfterSeconds says how long to wait.',
} as const

export type UserErrorCode = keyof typeof userErrorCodes
