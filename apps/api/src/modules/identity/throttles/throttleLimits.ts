import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'

/** After the free tries, each failure doubles the wait. It ends by itself, so that nobody is locked out for good. */
const passwordChecks = {
  freeTries: 5,
  windowSeconds: DAY / SECOND,
  firstDelaySeconds: 10,
  maxDelaySeconds: (15 * MINUTE) / SECOND,
}

/** How much of what anybody may try. The counts are per address or client, over all processes. */
export const throttleLimits = {
  signInsPerAddress: passwordChecks,
  /** From a device on which the account's owner signed in before. */
  signInsPerDevice: passwordChecks,
  /** By somebody who is signed in. */
  proofsPerUser: passwordChecks,
  /** Failed ones. Many people may share one address. */
  signInsPerClient: { points: 100, windowSeconds: HOUR / SECOND },
  /** Mails asked for. */
  signUpsPerClient: { points: 30, windowSeconds: HOUR / SECOND },
  /** Reset mails asked for. */
  resetsPerClient: { points: 30, windowSeconds: HOUR / SECOND },
  /** Wishes for another address. */
  emailChangesPerUser: { points: 5, windowSeconds: HOUR / SECOND },
  /** Mails of one kind to one address, whoever asks: what is beyond is silently not sent. */
  mailsPerAddress: { points: 5, windowSeconds: HOUR / SECOND },
  /** Copies of everything about a person. */
  exportsPerUser: { points: 10, windowSeconds: HOUR / SECOND },
  /** Made ones. Each brings a bucket of points of its own, and to revoke one and make another would fill it again. */
  apiKeysPerUser: { points: 20, windowSeconds: HOUR / SECOND },
} as const
