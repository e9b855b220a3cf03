/** Sizes that the web app shows beside a field and the API enforces. Text is counted in code points. */
export const PASSWORD_MIN_LENGTH = 15
export const PASSWORD_MAX_LENGTH = 128
export const NAME_MAX_LENGTH = 255
/** RFC 5321 allows no longer path than 256 octets, angle brackets included. */
export const EMAIL_MAX_LENGTH = 254
export const PAGE_SIZE_MAX = 100
export const NODES_MAX = 100
