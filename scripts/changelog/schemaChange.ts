import type { BreakingChangeType } from 'graphql'

/** Breaking: programs that were sound fail. Dangerous: programs that rely on more than was promised may. Safe: none do. */
export const severities = ['Breaking', 'Dangerous', 'Safe'] as const

export interface SchemaChange {
  severity: (typeof severities)[number]
  /** One sentence, which no other change has. */
  text: string
  /** Of what breaks in the schema itself, and could have been deprecated before. */
  kind?: BreakingChangeType | 'DEFAULT_REMOVED'
}
