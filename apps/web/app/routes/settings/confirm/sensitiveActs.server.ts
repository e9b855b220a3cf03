import type { SensitiveAct } from '../../../.server/sensitiveAct.ts'
import { endLogins } from '../devices/endLogins.server.ts'

/** Everything that may have waited for a proof of identity, by the page it was asked for on. */
export const sensitiveActs = new Map<string, SensitiveAct>([endLogins].map((act) => [act.path, act]))
