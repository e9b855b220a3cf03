import { data } from '@remix-run/node'
import type { ActionFunctionArgs } from '@remix-run/node'
import { runOperation } from './runOperation.server.ts'

export const action = (args: ActionFunctionArgs): Promise<Response> => runOperation(args)

/** Operations are posted; whoever opens the address gets what an unknown one gets. */
export function loader(): never {
  throw data(null, { status: 404 })
}
