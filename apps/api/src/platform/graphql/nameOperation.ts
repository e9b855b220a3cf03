import { Kind, type OperationDefinitionNode } from 'graphql'

const OPERATION_NAME_MAX_LENGTH = 100

export interface OperationNames {
  /** As its document names it, where the grammar has kept everything but letters out of it. */
  readonly name: string | null
  /** The one field that is asked for, or that there are several, or fragments. */
  readonly field: string
}

/** What an operation is called in logs and metrics. */
export function nameOperation({ name, selectionSet }: OperationDefinitionNode): OperationNames {
  const [first, ...others] = selectionSet.selections
  return {
    name: name?.value.slice(0, OPERATION_NAME_MAX_LENGTH) ?? null,
    field: first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : 'several',
  }
}
