import { GraphQLScalarType } from 'graphql'
import { toIsoText } from '../../clock/toIsoText.ts'

/** Output only: no operation takes an instant yet. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant: ISO 8601 in UTC with milliseconds, e.g. 2026-11-22T07:48:00.000Z.',
  // Text is an instant as the database has it, already in this form.
  serialize: (value) => (typeof value === 'string' ? value : toIsoText(value as Date)),
})
