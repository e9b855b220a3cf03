import type { UserErrorFieldsFragment } from './generated/graphql.ts'

/** A mutation did not do what it says, for reasons that the caller can put right. Its message is that of the first. */
export class UserErrorsError extends Error {
  override name = 'UserErrorsError'
  readonly userErrors: readonly UserErrorFieldsFragment[]

  constructor(userErrors: readonly UserErrorFieldsFragment[]) {
    super(userErrors[0]?.message ?? 'The API refused the input.')
    this.userErrors = userErrors
  }
}
