/** A live session lapses when this long has passed without a beat. */
export const SESSION_TTL_SECONDS = 3600

/** No session lasts longer than this, however often it is refreshed. */
export const MAX_SESSION_SECONDS = 180 * 60

/** How often a client that is practising refreshes its session. */
export const BEAT_INTERVAL_SECONDS = 60
