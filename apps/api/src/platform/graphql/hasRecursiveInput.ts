import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'

/** Whether a variable is of a type that holds itself: its compiled reader would be written out without end. */
export function hasRecursiveInput(schema: GraphQLSchema, definition: OperationDefinitionNode): boolean {
  return (definition.variableDefinitions ?? []).some(({ type }) =>
    isRecursive(typeFromAST(schema, type) as GraphQLInputType | undefined, []),
  )
}

function isRecursive(type: GraphQLInputType | undefined, around: readonly GraphQLInputObjectType[]): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return false
  if (around.includes(named)) return true
  return Object.values(named.getFields()).some((field) => isRecursive(field.type, [...around, named]))
}
