import type { UserErrorCode } from '@wellness/domain/userErrorCode'

/** One thing that the caller can put right, as `userErrors` of a payload tells it. */
export interface UserErrorDetail {
  code: UserErrorCode
  /** One sentence for a person. */
  message: string
  /** The input field, from the input object down; null when it is no single field. */
  path?: string[] | null
  retryAfterSeconds?: number | null
}

/**
 * What a service throws when the caller can put it right. The resolver's `withUserErrors` turns it into `userErrors`;
 * anything else that is thrown is our fault and is masked.
 */
export class UserProblem extends Error {
  override name = 'UserProblem'
  readonly details: UserErrorDetail[]

  constructor(...details: UserErrorDetail[]) {
    super(details.map(({ code }) => code).join(', '))
    this.details = details
  }
}
