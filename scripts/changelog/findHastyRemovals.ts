import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { deprecationTerms } from '@wellness/domain/deprecationTerms'
import type { PublishedSchema } from './partnerSchema.ts'
import type { SchemaChange } from './schemaChange.ts'

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
  limit.setUTCMonth(limit.getUTCMonth() - deprecationTerms.monthsMin)
  const limitDay = limit.toISOString().slice(0, 10)
  const known = published.findLast(({ day }) => day <= limitDay)
  const since = known ? published.slice(published.indexOf(known)) : []
  const gone = new Set(
    changes.flatMap((change) => (change.kind === 'TYPE_REMOVED' ? typeIn(change.text) : [])),
  )

  return changes
    .filter(({ kind }) => kind !== undefined)
    .flatMap((change) => {
      const { text } = change
      const reasons = since.flatMap(({ schema }) => findReasons(schema, change, gone))
      if (since.length === 0 || reasons.includes(null))
        return [`It was not deprecated in what was published by ${limitDay} and since: - ${text}`]
      const days = reasons.flatMap((reason) => deprecationTerms.pattern.exec(reason ?? '')?.[2] ?? [])
      const last = days.sort().at(-1)
      return last !== undefined && today <= last ? [`It was promised until ${last}: - ${text}`] : []
    })
}

/** Of each part of a schema that has to be deprecated before this may change: why it is, or null where it is not. */
function findReasons(
  schema: GraphQLSchema,
  { text, kind }: SchemaChange,
  gone: ReadonlySet<string>,
): (string | null)[] {
  // Nothing can say of a directive that it is deprecated: what sends it would not learn of it.
  if (kind?.includes('DIRECTIVE')) return [null]
  const [, owner = '', field, argument] =
    /^(\w+)\.(\w+) arg (\w+) (?:was removed|has changed)/.exec(text) ??
    /^(\w+)\.(\w+) (?:was removed|changed type)/.exec(text) ??
    /^(\w+)\.(\w+)(?: arg (\w+))? lost its default/.exec(text) ??
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

/**
 * A type cannot be deprecated; it is when all that leads to it is, or is in a type that goes with it. What leads to it
 * as a member of an interface or a union may stay, where all fields of the type itself are deprecated.
 */
function waysTo(schema: GraphQLSchema, name: string, gone: ReadonlySet<string>): (string | null)[] {
  const type = schema.getType(name)
  if (!type) return ['']
  const abstract = Object.values(schema.getTypeMap()).filter(
    (one) => isAbstractType(one) && isObjectType(type) && schema.isSubType(one, type),
  )
  const asItself = fieldWaysTo(schema, name, gone)
  const asMember = abstract.flatMap((one) => fieldWaysTo(schema, one.name, gone))
  const ways = [...asItself, ...(asMember.includes(null) ? ownReasons(type) : asMember)]
  // Nothing leads to what an operation begins with: nothing announces its end either.
  return ways.length === 0 ? [null] : ways
}

function ownReasons(type: GraphQLNamedType): (string | null)[] {
  return isObjectType(type) ? Object.values(type.getFields()).map((field) => readReason(field)) : [null]
}

function fieldWaysTo(schema: GraphQLSchema, name: string, gone: ReadonlySet<string>): (string | null)[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return []
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return []
    const fields = Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())
    return fields.flatMap((field) => {
      const own = getNamedType(field.type).name === name ? [readReason(field)] : []
      const args = 'args' in field ? field.args.filter((one) => getNamedType(one.type).name === name) : []
      const ways = [...own, ...args.map((one) => readReason(field) ?? readReason(one))]
      // What goes with the type is asked for its own announcement.
      return gone.has(type.name) ? ways.map(() => '') : ways
    })
  })
}
