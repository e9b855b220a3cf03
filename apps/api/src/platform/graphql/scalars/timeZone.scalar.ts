import { GraphQLScalarType } from 'graphql'

/** Output only: inputs take a String, so that a slip is answered in userErrors. */
export const TimeZoneScalar = new GraphQLScalarType<string, string>({
  name: 'TimeZone',
  description: 'An IANA time zone name, e.g. Europe/Stockholm.',
  serialize: String,
})
