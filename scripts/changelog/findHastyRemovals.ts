import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql'
import type { PublishedSchema } from './partnerSchema.ts'
import type { SchemaChange } from './schemaChange.ts'

/** What docs/partners/changes.md promises. */
const MONTHS_MIN = 3
/** As the reason of a deprecation ends. */
const REMOVED_AFTER = /removed after (\d{4}-\d\d-\d\d)\.$/

/**
 * What the changes take away too early: all that breaks a program has to have been deprecated in every schema that was
 * published in the last three months, and in the one before them, and its own day has to be over.
 *
 * @param published the oldest first.
 */
export function findHastyRemovals(
  changes: readonly SchemaChange[],
  published: readonly PublishedSchema[],
  now: Date,
): string[] {
  const today = now.toISOString().slice(0, 10)
  const limit = new Date(now)
  limit.setUTCMonth(limit.getUTCMonth() - MONTHS_MIN)
  const limitDay = limit.toISOString().slice(0, 10)
  const known = published.findLast(({ day }) => day <= limitDay)
  const since = known ? published.slice(published.indexOf(known)) : []
  const gone = new Set(
    changes.flatMap((change) => (change.kind === 'TYPE_REMOVED' ? typeIn(change.text) : [])),
  )

  return changes
    .filter(({ kind }) => kind !== undefined)
    .flatMap(({ text }) => {
      const reasons = since.flatMap(({ schema }) => findReasons(schema, text, gone))
      if (since.length === 0 || reasons.includes(null))
        return [`It was not deprecated in what was published by ${limitDay} and since: - ${text}`]
      const days = reasons.flatMap((reason) => REMOVED_AFTER.exec(reason ?? '')?.[1] ?? [])
      const last = days.sort().at(-1)
      return last !== undefined && today <= last ? [`It was promised until ${last}: - ${text}`] : []
    })
}

/** Of each part of a schema that has to be deprecated before this may change: why it is, or null where it is not. */
function findReasons(schema: GraphQLSchema, text: string, gone: ReadonlySet<string>): (string | null)[] {
  const [, owner = '', field, argument] =
    /^(\w+)\.(\w+) arg (\w+) (?:was removed|has changed)/.exec(text) ??
    /^(\w+)\.(\w+) (?:was removed|changed type)/.exec(text) ??
    /^A required arg \w+ on (\w+)\.(\w+) was added/.exec(text) ??
    []
  if (field !== undefined) return [reasonOf(schema, owner, field, argument)]
  const [, value = '', enumName] = /^(\w+) was removed from enum type (\w+)\.$/.exec(text) ?? []
  if (enumName !== undefined) return [reasonOf(schema, enumName, value)]
  const [type] = typeIn(text)
  return type === undefined ? [null] : waysTo(schema, type, gone)
}

/** The type that a change is about as a whole; none for a change that nobody has thought of yet. */
function typeIn(text: string): string[] {
  const [, type] =
    /^(\w+) (?:was removed\.|changed from|was removed from union|no longer implements)/.exec(text) ??
    /^A required field \w+ on input type (\w+) was added\.$/.exec(text) ??
    []
  return type === undefined ? [] : [type]
}

function reasonOf(schema: GraphQLSchema, owner: string, name: string, argument?: string): string | null {
  const type = schema.getType(owner)
  // It was not there yet, and nobody can have relied on it then.
  if (!type) return ''
  if (isEnumType(type)) return readReason(type.getValue(name))
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return null
  const field: GraphQLField<unknown, unknown> | GraphQLInputField | undefined = type.getFields()[name]
  const own = readReason(field)
  if (own !== null || argument === undefined || !field || !('args' in field)) return own
  return readReason(field.args.find((one) => one.name === argument))
}

function readReason(
  part: { deprecationReason?: string | null | undefined } | null | undefined,
): string | null {
  return part ? (part.deprecationReason ?? null) : ''
}

/** A type cannot be deprecated; it is when all that leads to it is, or is in a type that goes with it. */
function waysTo(schema: GraphQLSchema, name: string, gone: ReadonlySet<string>): (string | null)[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (gone.has(type.name) || type.name.startsWith('__')) return []
    if (isUnionType(type)) return type.getTypes().some((one) => one.name === name) ? [null] : []
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return []
    const fields = Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())
    return fields.flatMap((field) => {
      const own = getNamedType(field.type).name === name ? [readReason(field)] : []
      const args = 'args' in field ? field.args.filter((one) => getNamedType(one.type).name === name) : []
      return [...own, ...args.map((one) => readReason(field) ?? readReason(one))]
    })
  })
}
