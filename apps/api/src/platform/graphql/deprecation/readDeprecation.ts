import { deprecationTerms } from '@wellness/domain/deprecationTerms'

/** Since when something of the schema is deprecated, and after which day it may be gone. */
export interface Deprecation {
  since: Date
  until: Date
}

/**
 * What the reason of a deprecation says of times.
 *
 * @throws where it says nothing, or leaves less than three months: nobody must find that out when it is over.
 */
export function readDeprecation(reason: string): Deprecation {
  const [, from, to] = deprecationTerms.pattern.exec(reason) ?? []
  if (!from || !to) throw new Error(`This deprecation does not say from when to when: ${reason}`)
  const deprecation = { since: new Date(from), until: new Date(to) }
  const earliest = new Date(from)
  earliest.setUTCMonth(earliest.getUTCMonth() + deprecationTerms.monthsMin)
  if (!(deprecation.until >= earliest))
    throw new Error(`This deprecation leaves less than three months: ${reason}`)
  return deprecation
}
