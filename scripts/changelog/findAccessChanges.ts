import type { SchemaAccess } from './schemaAccess.ts'
import type { SchemaChange } from './schemaChange.ts'

/** What keys may no longer do, or now may, and what costs more or less. Of fields that are new the schema itself tells. */
export function findAccessChanges(before: SchemaAccess, after: SchemaAccess): SchemaChange[] {
  return [
    ...both(before.fields, after.fields).flatMap(([field, was, is]) => ofRule(field, was, is)),
    ...Object.keys(before.fields)
      .filter((field) => field in after.fields && before.shows[field] !== after.shows[field])
      .map((field) => ofShown(field, before.shows[field], after.shows[field])),
    ...Object.entries(after.prices).flatMap(([part, is]) =>
      part in before.prices ? [] : ofNumber(`The price of ${part}`, 0, is, 'lower'),
    ),
    ...both(before.prices, after.prices).flatMap(([part, was, is]) =>
      ofNumber(`The price of ${part}`, was, is, 'lower'),
    ),
    ...ofNumber(
      'The most that an operation may cost',
      before.operationPointsMax,
      after.operationPointsMax,
      'higher',
    ),
    ...both(before.buckets, after.buckets).flatMap(([kind, was, is]) => [
      ...ofNumber(`What the bucket ${kind} holds`, was.points, is.points, 'higher'),
      ...ofNumber(
        `What the bucket ${kind} gets back every second`,
        was.pointsPerSecond,
        is.pointsPerSecond,
        'higher',
      ),
    ]),
    ...(before.limits ? ofLimits(before.limits, after.limits ?? {}) : []),
  ]
}

function ofLimits(before: Record<string, number>, after: Record<string, number>): SchemaChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name): SchemaChange[] => {
    const [was, is] = [before[name] ?? Infinity, after[name] ?? Infinity]
    if (was === is) return []
    const [from, to] = [was, is].map((value) => (value === Infinity ? 'without limit' : String(value)))
    return [
      { severity: is < was ? 'Dangerous' : 'Safe', text: `The limit on ${name} went from ${from} to ${to}.` },
    ]
  })
}

function both<Value>(
  before: Record<string, Value>,
  after: Record<string, Value>,
): [name: string, was: Value, is: Value][] {
  return Object.entries(before).flatMap(([name, was]) => {
    const is = after[name]
    return is === undefined ? [] : [[name, was, is] as [string, Value, Value]]
  })
}

function ofRule(field: string, was: string, is: string): SchemaChange[] {
  if (was === is) return []
  if (is === 'NONE') return [{ severity: 'Breaking', text: `${field} is open to no API key any more.` }]
  // Who had the one scope need not have the other.
  if (was === 'NONE' || is === 'ANY')
    return [
      {
        severity: 'Safe',
        text: `${field} is open to ${is === 'ANY' ? 'every API key' : `API keys with ${is}`}.`,
      },
    ]
  const enough = was === 'ANY' ? 'every key' : was
  return [{ severity: 'Breaking', text: `${field} needs an API key with ${is}, where ${enough} was enough.` }]
}

function ofShown(field: string, was: string | undefined, is: string | undefined): SchemaChange {
  return was === undefined
    ? { severity: 'Safe', text: `${field} shows what is directly below it, which else needs ${is}.` }
    : { severity: 'Breaking', text: `${field} no longer shows what is directly below it without ${was}.` }
}

function ofNumber(what: string, was: number, is: number, better: 'lower' | 'higher'): SchemaChange[] {
  if (was === is) return []
  const isBetter = is > was === (better === 'higher')
  return [{ severity: isBetter ? 'Safe' : 'Dangerous', text: `${what} went from ${was} to ${is} points.` }]
}
