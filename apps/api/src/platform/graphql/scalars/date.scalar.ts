import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

/** Years as PostgreSQL has them: it knows no year 0. */
const DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/

function parseDay(value: unknown): string {
  if (typeof value === 'string' && DAY.test(value)) {
    const date = new Date(`${value}T00:00:00.000Z`)
    // A day that does not exist (31 February) rolls over instead of failing.
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)) return value
  }
  throw new GraphQLError('Date takes a calendar day such as 2026-11-22.')
}

export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, ISO 8601: 2026-11-22.',
  serialize: parseDay,
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(node.kind === Kind.STRING ? node.value : undefined),
})
