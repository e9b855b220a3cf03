import { GraphQLError, type ValidationRule } from 'graphql'

/** The engine takes a subscription that the schema does not have for a fault of its own; it is one of the document. */
export const noSubscriptionRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (node.operation === 'subscription') {
      context.reportError(new GraphQLError('This API has no subscriptions.', { nodes: node }))
    }
  },
})
