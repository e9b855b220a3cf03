import {
  type DocumentNode,
  getNamedType,
  getOperationAST,
  type GraphQLSchema,
  isAbstractType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/**
 * Whether an operation is a mutation of one field whose answer is read as it stands: nothing below the field has a resolver
 * or a type that is known only when it runs. A mutation cannot be asked again if its compiled function fails where the engine
 * would not, so that it is compiled only where there is nothing to fail at.
 *
 * @param document that was found fit for the schema.
 */
export function isPlainMutation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): boolean {
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== OperationTypeNode.MUTATION) return false
  if (operation.selectionSet.selections.length !== 1) return false
  const types = new TypeInfo(schema)
  const root = schema.getMutationType()
  let isPlain = true
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        // The name of a type is known to every compiled function.
        if (name.value === '__typename') return
        const hasResolver = types.getParentType() !== root && types.getFieldDef()?.resolve !== undefined
        if (hasResolver || isAbstractType(getNamedType(types.getType()))) isPlain = false
      },
      OperationDefinition: (definition) => (definition === operation ? undefined : false),
    }),
  )
  return isPlain
}
