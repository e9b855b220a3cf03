/** Sizes that the web app shows beside a field and the API enforces. Text is counted in code points. */
export const PASSWORD_MIN_LENGTH = 15
export const PASSWORD_MAX_LENGTH = 128
export const NAME_MAX_LENGTH = 255
/** RFC 5321 allows no longer path than 256 octets, angle brackets included. */
export const EMAIL_MAX_LENGTH = 254
export const API_KEY_NAME_MAX_LENGTH = 100
/** Of one user, expired ones that are still listed included. */
export const API_KEYS_MAX = 50
export const API_KEY_DAYS_MAX = 366
export const PAGE_SIZE_MAX = 100
export const NODES_MAX = 100
/** Of one GraphQL document: whoever reads it elsewhere reads as much of it as the API does. */
export const DOCUMENT_TOKENS_MAX = 1_000
