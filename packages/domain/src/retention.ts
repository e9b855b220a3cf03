/** How long what is no longer needed is kept; the privacy notice says it and a job keeps it. */
export const RETENTION_DAYS = {
  /** What happened to the safety of an account. */
  securityEvents: 180,
  /** After a link stopped working. */
  oneTimeTokens: 1,
  /** After it expired; one that is revoked is gone at once. */
  expiredApiKeys: 30,
  /** A mail that could not be sent in days of trying. */
  failedJobs: 7,
} as const
