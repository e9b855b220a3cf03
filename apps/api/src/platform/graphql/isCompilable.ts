import { type DocumentNode, getOperationAST, Kind, type SelectionSetNode } from 'graphql'

/** Fields, fragments written out. What is compiled grows with them, and so does the time it takes. */
const FIELDS_MAX = 100

/**
 * Whether an operation is so small that compiling it costs next to nothing, and so plain that there are no two ways to read
 * it: without directives, and without questions about the schema.
 */
export function isCompilable(document: DocumentNode, operationName: string | null): boolean {
  const operation = getOperationAST(document, operationName)
  if (!operation || operation.directives?.length) return false
  // A compiled function keeps variables in an object that has these without being given any.
  if (operation.variableDefinitions?.some(({ variable }) => variable.name.value in Object.prototype))
    return false
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
  let fields = 0
  const isPlain = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      fields += 1
      if (fields > FIELDS_MAX || selection.directives?.length) return false
      if (selection.kind === Kind.INLINE_FRAGMENT) return isPlain(selection.selectionSet)
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        return fragment !== undefined && !fragment.directives?.length && isPlain(fragment.selectionSet)
      }
      if (selection.name.value.startsWith('__') && selection.name.value !== '__typename') return false
      return selection.selectionSet === undefined || isPlain(selection.selectionSet)
    })
  return isPlain(operation.selectionSet)
}
