import type { z } from 'zod'
import { UserProblem } from './userProblem.ts'

/**
 * Checks a mutation's input. zod validates here and not type-graphql, whose own validation echoes the input, passwords
 * too, in its errors.
 *
 * @throws {UserProblem} INVALID_INPUT, one a field, with messages for a person that never repeat the value.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const byField = new Map(
    result.error.issues.map((issue) => [issue.path.join('.'), issue] as const).reverse(),
  )
  throw new UserProblem(
    ...[...byField.values()].map(({ path, message }) => ({
      code: 'INVALID_INPUT' as const,
      message,
      path: path.length > 0 ? path.map(String) : null,
    })),
  )
}
