import { GraphQLScalarType } from 'graphql'

/** Output only: inputs take a String, so that a slip is answered in userErrors. */
export const EmailAddressScalar = new GraphQLScalarType<string, string>({
  name: 'EmailAddress',
  description: 'An e-mail address, normalised: trimmed, NFC, lower-cased.',
  serialize: String,
})
