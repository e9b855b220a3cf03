import { type Scope, scopes as allScopes } from '@wellness/domain/scope'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { keyAccessOf } from './keyAccessOf.ts'

/** What an API key needs to run an operation. */
export interface KeyNeeds {
  /** All of these, in the order of the enum. */
  scopes: readonly Scope[]
  /** Fields that no key may ask for, as `Type.field`; none of them may be there. */
  shut: readonly string[]
}

/**
 * Reads off a valid operation what a key needs for it, whatever its variables are: a field under @skip or @include counts as
 * asked for. What is said of a field holds on every way to it, through fragments and type conditions.
 */
export function findKeyNeeds(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): KeyNeeds {
  const scopes = new Set<Scope>()
  const shut = new Set<string>()
  const fragments = new Map(
    document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
  const seen = new Set<string>()

  function walk(
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | null | undefined,
    shown: Scope | null,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection
        walk(selection.selectionSet, typeCondition ? schema.getType(typeCondition.name.value) : type, shown)
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        const visit = `${selection.name.value} ${shown}`
        // Once is enough, and fragments that spread each other twice stand for very many.
        if (!fragment || seen.has(visit)) continue
        seen.add(visit)
        walk(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), shown)
      } else if (!selection.name.value.startsWith('__')) {
        askFor(selection.name.value, selection.selectionSet, type, shown)
      }
    }
  }

  function askFor(
    name: string,
    selectionSet: SelectionSetNode | undefined,
    type: GraphQLNamedType | null | undefined,
    shown: Scope | null,
  ): void {
    const parent = isObjectType(type) || isInterfaceType(type) ? type : null
    const access = parent && keyAccessOf(parent, name)
    if (!access || access.rule === 'NONE') shut.add(`${type?.name}.${name}`)
    else if (access.rule !== 'ANY' && access.rule !== shown) scopes.add(access.rule)
    const field = parent?.getFields()[name]
    if (selectionSet && field) walk(selectionSet, getNamedType(field.type), access?.shows ?? null)
  }

  walk(operation.selectionSet, schema.getRootType(operation.operation), null)
  return {
    scopes: (Object.keys(allScopes) as Scope[]).filter((scope) => scopes.has(scope)),
    shut: [...shut],
  }
}
