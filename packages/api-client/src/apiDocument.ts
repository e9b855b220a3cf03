import type { DocumentTypeDecoration } from './documentTypeDecoration.ts'

/**
 * An operation with the types of its data and variables: one of `operations`, one that your own code generator made as a
 * string, or the text itself, whose types are then named at the call.
 */
export interface ApiDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString(): string
  __meta__?: Record<string, unknown> | undefined
}
