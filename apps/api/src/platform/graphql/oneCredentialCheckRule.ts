import {
  type GraphQLFieldMap,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/**
 * At most one field of a document may carry the extension `checksCredential: true`. Each such field is a guess at a
 * secret; a list of them under aliases or in fragments would be as many guesses for the price of one request.
 */
export const oneCredentialCheckRule: ValidationRule = (context) => ({
  Document: {
    leave(document) {
      const fields = context.getSchema().getMutationType()?.getFields() ?? {}
      const count = document.definitions.reduce(
        (sum, definition) =>
          definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation'
            ? sum + countChecks(definition.selectionSet, fields, context, new Map())
            : sum,
        0,
      )
      if (count > 1) {
        context.reportError(
          new GraphQLError('A document may hold one mutation that checks a credential, once.'),
        )
      }
    },
  },
})

/** Counts at the root of a mutation: what stands inside a field is no mutation. */
function countChecks(
  { selections }: SelectionSetNode,
  fields: GraphQLFieldMap<unknown, unknown>,
  context: ValidationContext,
  known: Map<string, number>,
): number {
  let count = 0
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (fields[selection.name.value]?.extensions['checksCredential'] === true) count += 1
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      count += countChecks(selection.selectionSet, fields, context, known)
    } else {
      const name = selection.name.value
      const fragment = context.getFragment(name)
      let inFragment = known.get(name)
      if (inFragment === undefined && fragment) {
        known.set(name, 0)
        inFragment = countChecks(fragment.selectionSet, fields, context, known)
        known.set(name, inFragment)
      }
      count += inFragment ?? 0
    }
  }
  return count
}
