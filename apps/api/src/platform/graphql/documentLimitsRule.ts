import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

export interface DocumentLimits {
  /** Fields inside fields; introspection is counted apart. */
  depth: number
  /** Fields inside fields below `__schema` and `__type`: the usual introspection query is far deeper than data. */
  introspectionDepth: number
  /** Fields with an alias, each counted as often as it would run. */
  aliases: number
  directives: number
}

interface Measure {
  depth: number
  introspectionDepth: number
  aliases: number
}

/**
 * Refuses documents that are cheap to write and dear to answer. Fragments count as if their text stood wherever they
 * are spread, each measured once, so that neither hiding in one nor doubling them through each other gains anything.
 */
export function documentLimitsRule(limits: DocumentLimits): ValidationRule {
  return (context) => {
    let directives = 0
    return {
      Directive() {
        directives += 1
      },
      Document: {
        leave(document) {
          const refuse = (message: string) => context.reportError(new GraphQLError(message))
          const measure = createMeasure(context)
          const whole = combine(
            document.definitions.flatMap((definition) =>
              definition.kind === Kind.OPERATION_DEFINITION ? [measure(definition.selectionSet)] : [],
            ),
          )
          if (whole.depth > limits.depth) refuse(`The document nests fields deeper than ${limits.depth}.`)
          if (whole.introspectionDepth > limits.introspectionDepth) {
            refuse(`The document nests introspection deeper than ${limits.introspectionDepth}.`)
          }
          if (whole.aliases > limits.aliases) refuse(`The document has more than ${limits.aliases} aliases.`)
          if (directives > limits.directives)
            refuse(`The document has more than ${limits.directives} directives.`)
        },
      },
    }
  }
}

function createMeasure(context: ValidationContext): (selectionSet: SelectionSetNode | undefined) => Measure {
  const nothing = { depth: 0, introspectionDepth: 0, aliases: 0 }
  const known = new Map<FragmentDefinitionNode, Measure>()

  function measureFragment(fragment: FragmentDefinitionNode): Measure {
    const measured = known.get(fragment)
    if (measured) return measured
    // A circle is another rule's to report; here it only has to end.
    known.set(fragment, nothing)
    const result = measure(fragment.selectionSet)
    known.set(fragment, result)
    return result
  }

  function measure(selectionSet: SelectionSetNode | undefined): Measure {
    if (!selectionSet) return nothing
    return combine(
      selectionSet.selections.map((selection) => {
        if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet)
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = context.getFragment(selection.name.value)
          return fragment ? measureFragment(fragment) : nothing
        }
        const inner = measure(selection.selectionSet)
        const aliases = inner.aliases + (selection.alias ? 1 : 0)
        // Only fields of these names, never fragments, lead into introspection: the names are reserved.
        return ['__schema', '__type'].includes(selection.name.value)
          ? { depth: 1, introspectionDepth: inner.depth + 1, aliases }
          : { depth: inner.depth + 1, introspectionDepth: inner.introspectionDepth, aliases }
      }),
    )
  }

  return measure
}

function combine(measures: Measure[]): Measure {
  return measures.reduce(
    (a, b) => ({
      depth: Math.max(a.depth, b.depth),
      introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
      aliases: a.aliases + b.aliases,
    }),
    { depth: 0, introspectionDepth: 0, aliases: 0 },
  )
}
