import {
  astFromValue,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  print,
} from 'graphql'
import { deprecationTerms } from '@wellness/domain/deprecationTerms'
import type { SchemaChange } from './schemaChange.ts'

/** A field, argument, input field or value of an enum: all that changes of it, and of which a client could notice. */
interface Part {
  type: string
  /** As it would be written; null for none. */
  defaultValue: string | null
  /** Whether it has to be given: a result never has. */
  isRequired: boolean
  reason: string | null
}

/** What graphql-js calls neither breaking nor dangerous: what is new, what became stricter or laxer, defaults, deprecations. */
export function findUnnamedChanges(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const ofDirectives = after.getDirectives().flatMap((directive) => {
    const known = before.getDirective(directive.name)
    if (!known) return [safe(`@${directive.name} was added.`)]
    const name = `@${directive.name}`
    return compare(
      new Map(known.args.map((one) => part(name, one))),
      directive.args.map((one) => part(name, one)),
    )
  })
  const ofTypes = Object.values(after.getTypeMap()).flatMap((type) => {
    const known = before.getType(type.name)
    if (!known) return [safe(`${type.name} was added.`)]
    return [...findNewFields(known, type), ...compare(new Map(partsOf(known)), partsOf(type))]
  })
  return [...ofTypes, ...ofDirectives]
}

function findNewFields(known: GraphQLNamedType, type: GraphQLNamedType): SchemaChange[] {
  if (!(isObjectType(type) || isInterfaceType(type)) || !(isObjectType(known) || isInterfaceType(known)))
    return []
  return Object.keys(type.getFields())
    .filter((name) => !(name in known.getFields()))
    .map((name) => safe(`${type.name}.${name} was added.`))
}

function compare(before: ReadonlyMap<string, Part>, after: [name: string, part: Part][]): SchemaChange[] {
  return after.flatMap(([name, is]) => {
    const was = before.get(name)
    return was ? [...ofType(name, was, is), ...ofDefault(name, was, is), ...ofDeprecation(name, was, is)] : []
  })
}

/** In the words of graphql-js, which names those that break: of one text there is one change. */
function ofType(name: string, was: Part, is: Part): SchemaChange[] {
  if (was.type === is.type) return []
  const text = `${name} ${name.includes(' arg ') ? 'has changed' : 'changed'} type from ${was.type} to ${is.type}.`
  // Of arguments of directives it names none.
  return [name.startsWith('@') ? { severity: 'Breaking', text } : safe(text)]
}

function ofDefault(name: string, was: Part, is: Part): SchemaChange[] {
  if (was.defaultValue === is.defaultValue) return []
  if (is.isRequired && !was.isRequired && is.type === was.type)
    return [
      {
        severity: 'Breaking',
        text: `${name} lost its default ${was.defaultValue}, and has to be given.`,
        kind: 'DEFAULT_REMOVED',
      },
    ]
  const [from, to] = [was.defaultValue ?? 'none', is.defaultValue ?? 'none']
  return [{ severity: 'Dangerous', text: `The default of ${name} went from ${from} to ${to}.` }]
}

function ofDeprecation(name: string, was: Part, is: Part): SchemaChange[] {
  if (was.reason === is.reason) return []
  if (is.reason === null) return [safe(`${name} is deprecated no more.`)]
  if (was.reason === null) return [safe(`${name} is deprecated: ${is.reason}`)]
  const [from, to] = [was.reason, is.reason].map((reason) => deprecationTerms.pattern.exec(reason)?.[2])
  // Who planned by the day that was told has less time now.
  return from && to && to < from
    ? [{ severity: 'Breaking', text: `${name} may be gone after ${to}, where ${from} was told.` }]
    : [safe(`${name} is deprecated otherwise: ${is.reason}`)]
}

function partsOf(type: GraphQLNamedType): [name: string, part: Part][] {
  if (type.name.startsWith('__')) return []
  if (isEnumType(type))
    return type
      .getValues()
      .map((value) => [`${type.name}.${value.name}`, result('', value.deprecationReason)])
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, input(field)])
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => {
    const name = `${type.name}.${field.name}`
    return [
      [name, result(String(field.type), field.deprecationReason)],
      ...field.args.map((one) => part(name, one)),
    ]
  })
}

interface Input {
  type: GraphQLInputType
  defaultValue?: unknown
  deprecationReason?: string | null | undefined
}

function part(owner: string, argument: Input & { name: string }): [name: string, part: Part] {
  return [`${owner} arg ${argument.name}`, input(argument)]
}

function input({ type, defaultValue, deprecationReason }: Input): Part {
  const literal = defaultValue === undefined ? null : astFromValue(defaultValue, type)
  return {
    type: String(type),
    defaultValue: literal ? print(literal) : null,
    isRequired: isNonNullType(type) && defaultValue === undefined,
    reason: deprecationReason ?? null,
  }
}

function result(type: string, reason: string | null | undefined): Part {
  return { type, defaultValue: null, isRequired: false, reason: reason ?? null }
}

function safe(text: string): SchemaChange {
  return { severity: 'Safe', text }
}
