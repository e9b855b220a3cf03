import { type GraphQLSchema, defaultFieldResolver } from 'graphql'
import type { UserErrorCode } from '@wellness/domain/userErrorCode'
import type { RequestContext } from '../requestContext.ts'
import type { UserErrorDetail } from '../userProblem.ts'

/** Nothing was done, and the very same request may succeed later. Other userErrors tell what is wrong with it. */
const REFUSALS: ReadonlySet<UserErrorCode> = new Set(['REAUTHENTICATION_REQUIRED', 'TOO_MANY_ATTEMPTS'])

/**
 * Has the mutations note where they were refused for the moment. What the caller sees of it does not tell: they need not ask
 * for userErrors.
 */
export function noteRefusals(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = async (source, args, context: RequestContext, info) => {
      const payload: unknown = await resolve(source, args, context, info)
      if (isRefused(payload)) context.operation.isRefusedForNow = true
      return payload
    }
  }
}

function isRefused(payload: unknown): boolean {
  const { userErrors = [] } = (payload ?? {}) as { userErrors?: UserErrorDetail[] }
  return userErrors.some(({ code }) => REFUSALS.has(code))
}
