import type { Scope } from '@wellness/domain/scope'
import { Extensions } from 'type-graphql'

/** With which scope an API key may ask for a field; or with any key, or with none: then it takes a login. */
export type KeyRule = Scope | 'ANY' | 'NONE'

export interface KeyAccess {
  rule: KeyRule
  /**
   * Counts as given for the fields directly below, and no further: whoever may write a thing sees what they wrote, but
   * nothing else of the kind.
   */
  shows?: Scope
}

/**
 * Says of a field what an API key needs to ask for it. Every field has to say it, and the schema is not made as long as
 * one does not: what is forgotten would be open or shut by accident. On a type it speaks for all of its fields and may
 * only shut them, so that a field which is added later is open because somebody wrote so beside it.
 */
export function ForKeys(
  rule: KeyRule,
  { shows }: { shows?: Scope } = {},
): PropertyDecorator & ClassDecorator {
  const access: KeyAccess = { rule, ...(shows && { shows }) }
  return (target: object, name?: string | symbol) => {
    if (name === undefined && rule !== 'NONE') throw new Error('A whole type can only be shut to keys.')
    const depth = depthOf(name === undefined ? target : target.constructor)
    const say = Extensions({ [`forKeys${depth}`]: access })
    ;(say as (target: object, name?: string | symbol) => void)(target, name)
  }
}

/**
 * How many classes it stands on. Extensions of a class and of those it extends are merged in no certain order, so that
 * what an interface says of a field could pass for what a type of it says; each therefore has a name of its own.
 */
function depthOf(target: object): number {
  const parent = Object.getPrototypeOf(target) as object | null
  return parent ? 1 + depthOf(parent) : 0
}
