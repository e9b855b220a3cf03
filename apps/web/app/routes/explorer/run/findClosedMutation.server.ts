import { DOCUMENT_TOKENS_MAX } from '@wellness/domain/limits'
import { type DocumentNode, Kind, OperationTypeNode, parse, type SelectionSetNode } from 'graphql'
import { openMutations } from '../openMutations.ts'

/**
 * The first mutation in a document that the explorer does not pass on; null when there is none. A document that cannot be
 * read is the API's to explain: it runs nothing of it.
 */
export function findClosedMutation(text: string): string | null {
  const document = read(text)
  if (!document) return null
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
  const entered = new Set<string>()
  const find = ({ selections }: SelectionSetNode): string | null => {
    for (const selection of selections) {
      let found: string | null = null
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        if (!name.startsWith('__') && !openMutations.has(name)) return name
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        found = find(selection.selectionSet)
      } else if (!entered.has(selection.name.value)) {
        entered.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        found = fragment ? find(fragment.selectionSet) : null
      }
      if (found !== null) return found
    }
    return null
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    if (definition.operation !== OperationTypeNode.MUTATION) continue
    const found = find(definition.selectionSet)
    if (found !== null) return found
  }
  return null
}

function read(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: DOCUMENT_TOKENS_MAX, noLocation: true })
  } catch {
    return null
  }
}
