import { NODES_MAX, PAGE_SIZE_MAX } from '@wellness/domain/limits'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { pointsOf } from './costLimits.ts'

type Variables = Readonly<Record<string, unknown>>

/** What one operation costs, as a function of its variables. */
export interface OperationCost {
  /** Before it runs: as if every page were full. At least 1, and finite whatever the variables are. */
  requested(variables: Variables): number
  /** After it ran: without what its lists had fewer than asked for. Never more than was requested. */
  used(variables: Variables, data: unknown): number
}

/** Pages within pages within pages grow beyond what a number is exact for; so much is refused in any case. */
const POINTS_COUNTED_MAX = 1_000_000

/** What a selection costs: a sum that is known beforehand, and what hangs on lists, wherever they are. */
interface Plan {
  fixed: number
  lists: ListPlan[]
  /** Objects on the way to lists, by the name that the answer gives them. */
  objects: { key: string; plan: Plan }[]
}

interface ListPlan {
  /** The list's name in the answer; of a page, the name of the page. */
  key: string
  size: (variables: Variables) => number
  /** Where the elements are: the list itself, or lists of a page. */
  arrays: { path: readonly string[]; nodeKey: string | null; plan: Plan }[]
}

/**
 * The formula that docs/partners/limits.md tells: objects, elements of lists and mutations have a price, scalars have none.
 * A document is read for this once, for as long as it is kept.
 */
export class CostFormula {
  readonly #schema: GraphQLSchema
  readonly #known = new WeakMap<OperationDefinitionNode, OperationCost>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** @param document valid in the schema, and within the limits of documents. */
  of(document: DocumentNode, operation: OperationDefinitionNode): OperationCost {
    let cost = this.#known.get(operation)
    if (!cost) {
      const plan = new Planner(this.#schema, document, operation).plan()
      const { request } = pointsOf
      const requested = (variables: Variables) =>
        Math.min(Math.max(requestedOf(plan, variables), request), POINTS_COUNTED_MAX)
      cost = {
        requested,
        used: (variables, data) =>
          Math.min(Math.max(usedOf(plan, variables, data), request), requested(variables)),
      }
      this.#known.set(operation, cost)
    }
    return cost
  }
}

function requestedOf({ fixed, lists, objects }: Plan, variables: Variables): number {
  let points = fixed
  for (const { plan } of objects) points += requestedOf(plan, variables)
  for (const { size, arrays } of lists) {
    const each = arrays.reduce<number>((sum, { plan }) => sum + requestedOf(plan, variables), pointsOf.object)
    points += size(variables) * each
  }
  return points
}

function usedOf({ fixed, lists, objects }: Plan, variables: Variables, data: unknown): number {
  // What would be in something that is not there.
  if (!isRecord(data)) return 0
  let points = fixed
  for (const { key, plan } of objects) points += usedOf(plan, variables, data[key])
  for (const { key, size, arrays } of lists) {
    const found = data[key]
    if (found == null) continue
    // Without its elements in the answer, as under `@skip`, nobody knows how many were read.
    let count: number | null = null
    for (const { path, nodeKey, plan } of arrays) {
      const elements = path.reduce<unknown>((value, name) => isRecord(value) && value[name], found)
      if (!Array.isArray(elements)) continue
      count = Math.max(count ?? 0, elements.length)
      for (const element of elements as unknown[]) {
        points += usedOf(plan, variables, nodeKey === null ? element : isRecord(element) && element[nodeKey])
      }
    }
    points += Math.min(count ?? Infinity, size(variables)) * pointsOf.object
  }
  return points
}

/** Reads one operation. */
class Planner {
  readonly #schema: GraphQLSchema
  readonly #operation: OperationDefinitionNode
  readonly #fragments: Map<string, FragmentDefinitionNode>
  /** Each read once: fragments that spread each other twice stand for very many. */
  readonly #plans = new Map<FragmentDefinitionNode, Plan>()

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema
    this.#operation = operation
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    )
  }

  plan(): Plan {
    const { operation, selectionSet } = this.#operation
    return this.#ofSelections(selectionSet, this.#schema.getRootType(operation))
  }

  #ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType | null | undefined): Plan {
    const sum: Plan = { fixed: 0, lists: [], objects: [] }
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) add(sum, this.#ofField(selection, type))
      else if (selection.kind === Kind.FRAGMENT_SPREAD) add(sum, this.#ofFragment(selection.name.value))
      else {
        const condition = selection.typeCondition
        const inner = condition ? this.#schema.getType(condition.name.value) : type
        add(sum, this.#ofSelections(selection.selectionSet, inner))
      }
    }
    return sum
  }

  #ofFragment(name: string): Plan {
    const fragment = this.#fragments.get(name)
    if (!fragment) return nothing
    let plan = this.#plans.get(fragment)
    if (!plan) {
      const type = this.#schema.getType(fragment.typeCondition.name.value)
      plan = this.#ofSelections(fragment.selectionSet, type)
      this.#plans.set(fragment, plan)
    }
    return plan
  }

  #ofField(field: FieldNode, parent: GraphQLNamedType | null | undefined): Plan {
    const name = field.name.value
    if (name === '__schema' || name === '__type') return fixed(pointsOf.introspection)
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
    if (!definition) return nothing
    const type = getNamedType(definition.type)
    const isMutation = parent === this.#schema.getMutationType()
    if (!isCompositeType(type)) {
      if (isMutation) return fixed(pointsOf.mutation)
      return name === 'totalCount' ? fixed(pointsOf.totalCount) : nothing
    }
    // What somebody has to put right, and where a page ends, comes with the answer.
    if (type.name === 'UserError' || type.name === 'PageInfo' || !field.selectionSet) return nothing
    const key = field.alias?.value ?? name
    if (isListType(getNullableType(definition.type))) {
      const plan = this.#ofSelections(field.selectionSet, type)
      const list = { key, size: this.#sizeOfList(field), arrays: [{ path: [], nodeKey: null, plan }] }
      return { fixed: 0, lists: [list], objects: [] }
    }
    if (type.name.endsWith('Connection')) return this.#ofPage(field, type)
    const plan = this.#ofSelections(field.selectionSet, type)
    const own = isMutation ? pointsOf.mutation : pointsOf.object
    const hasLists = plan.lists.length + plan.objects.length > 0
    return hasLists
      ? { fixed: own, lists: [], objects: [{ key, plan }] }
      : { fixed: own + plan.fixed, lists: [], objects: [] }
  }

  /** A page costs as much as its elements, asked for as nodes, in edges, or both. */
  #ofPage(field: FieldNode, type: GraphQLNamedType): Plan {
    const page: Plan = { fixed: pointsOf.object, lists: [], objects: [] }
    const arrays: ListPlan['arrays'] = []
    this.#eachField(field.selectionSet, type, (inner, parent) => {
      const name = inner.name.value
      const key = inner.alias?.value ?? name
      const elementType = isObjectType(parent) ? parent.getFields()[name]?.type : undefined
      if (!elementType || !inner.selectionSet || (name !== 'nodes' && name !== 'edges')) {
        return add(page, this.#ofField(inner, parent))
      }
      const element = getNamedType(elementType)
      if (name === 'nodes') {
        const plan = this.#ofSelections(inner.selectionSet, element)
        return void arrays.push({ path: [key], nodeKey: null, plan })
      }
      arrays.push({ path: [key], nodeKey: null, plan: nothing })
      this.#eachField(inner.selectionSet, element, (node, edge) => {
        const nodeType = isObjectType(edge) ? edge.getFields()[node.name.value]?.type : undefined
        if (!node.selectionSet || !nodeType) return
        const plan = this.#ofSelections(node.selectionSet, getNamedType(nodeType))
        arrays.push({ path: [key], nodeKey: node.alias?.value ?? node.name.value, plan })
      })
    })
    const sizes = ['first', 'last'].map((name) => this.#sizeOf(argumentOf(field, name), PAGE_SIZE_MAX))
    const size = (variables: Variables) => Math.max(...sizes.map((sizeIn) => sizeIn(variables)))
    page.lists.push({ key: field.alias?.value ?? field.name.value, size, arrays })
    return page
  }

  #eachField(
    selectionSet: SelectionSetNode | undefined,
    type: GraphQLNamedType | undefined,
    visit: (field: FieldNode, parent: GraphQLNamedType | undefined) => void,
  ): void {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) visit(selection, type)
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#eachField(selection.selectionSet, type, visit)
      else this.#eachField(this.#fragments.get(selection.name.value)?.selectionSet, type, visit)
    }
  }

  #sizeOfList(field: FieldNode): ListPlan['size'] {
    const ids = argumentOf(field, 'ids')
    return ids ? this.#sizeOf(ids, NODES_MAX) : () => pointsOf.unsizedListElements
  }

  /** A size that the field itself refuses, such as -1, is one at which nothing is read. */
  #sizeOf(value: ValueNode | undefined, sizeMax: number): ListPlan['size'] {
    if (value?.kind !== Kind.VARIABLE) {
      const size = toSize(literalOf(value), sizeMax)
      return () => size
    }
    const name = value.name.value
    const definition = this.#operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    )
    const unlessGiven = toSize(literalOf(definition?.defaultValue), sizeMax)
    // By its own names alone, as the engine reads them: `toString` is in every object, and hides a default.
    return (variables) => {
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined
      return given === undefined ? unlessGiven : toSize(given, sizeMax)
    }
  }
}

const nothing: Plan = { fixed: 0, lists: [], objects: [] }

function fixed(points: number): Plan {
  return { fixed: points, lists: [], objects: [] }
}

function add(sum: Plan, { fixed: points, lists, objects }: Plan): void {
  sum.fixed += points
  for (const list of lists) sum.lists.push(list)
  for (const object of objects) sum.objects.push(object)
}

function argumentOf(field: FieldNode, name: string): ValueNode | undefined {
  return field.arguments?.find((argument) => argument.name.value === name)?.value
}

function literalOf(value: ValueNode | undefined): unknown {
  if (value?.kind === Kind.INT) return Number(value.value)
  if (value?.kind === Kind.LIST) return value.values
  return value?.kind === Kind.STRING ? value.value : null
}

/** Of a number itself, of a list its length; one thing in the place of a list is a list of one. */
function toSize(value: unknown, sizeMax: number): number {
  if (typeof value === 'number') return Number.isInteger(value) ? Math.min(Math.max(value, 0), sizeMax) : 0
  if (Array.isArray(value)) return Math.min(value.length, sizeMax)
  return value == null ? 0 : 1
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
