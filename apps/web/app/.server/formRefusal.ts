import type { UserErrorFieldsFragment } from '@wellness/api-client/operations'

/** The API did not accept a form, and says what its person can put right. */
export class FormRefusal extends Error {
  override name = 'FormRefusal'
  constructor(readonly userErrors: UserErrorFieldsFragment[]) {
    super(userErrors.map(({ code }) => code).join(', '))
  }

  static throwIfAny(userErrors: UserErrorFieldsFragment[]): void {
    if (userErrors.length > 0) throw new FormRefusal(userErrors)
  }
}
