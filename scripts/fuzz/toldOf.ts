import type { Command } from './command.ts'

/** Whether the answer says that it was done; null where it does not. */
export function toldOf({ payload }: Command, issued: string | null): boolean | null {
  if (Array.isArray(payload?.['userErrors'])) return payload['userErrors'].length === 0
  return issued === null ? null : true
}
