import type { SensitiveAct } from '../../../.server/sensitiveAct.ts'
import { deleteAccount } from '../data/delete/deleteAccount.server.ts'
import { takeExport } from '../data/export/takeExport.server.ts'
import { endLogins } from '../devices/endLogins.server.ts'
import { requestEmailChange } from '../email/requestEmailChange.server.ts'
import { createKey } from '../keys/new/createKey.server.ts'

/** Everything that may have waited for a proof of identity, by the page it was asked for on. */
export const sensitiveActs = new Map<string, Pick<SensitiveAct, 'path' | 'describe' | 'finish'>>(
  [endLogins, createKey, requestEmailChange, takeExport, deleteAccount].map((act) => [act.path, act]),
)
