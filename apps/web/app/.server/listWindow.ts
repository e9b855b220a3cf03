import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'

interface PageInfo {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}

/** What the API takes for a piece of a list. */
interface ListVariables {
  first?: number
  after?: string | null
  last?: number
  before?: string
}

/** Which piece of a long list an address asks for, and the addresses of the pieces beside it. */
export function listWindow(request: Request, size: number) {
  const { pathname, searchParams } = new URL(request.url)
  const after = searchParams.get('after')
  const before = searchParams.get('before')
  const address = (name: string, cursor: string) => `${pathname}?${new URLSearchParams({ [name]: cursor })}`
  const variables: ListVariables = before ? { last: size, before } : { first: size, after }
  return {
    variables,
    isNewest: !after && !before,
    /** Where an address leads that was cut short or made up: the newest piece is what its reader wants. */
    toNewest: (): TypedResponse<never> => redirect(pathname),
    beside: (info: PageInfo | undefined) => ({
      newer: info?.hasPreviousPage && info.startCursor ? address('before', info.startCursor) : null,
      older: info?.hasNextPage && info.endCursor ? address('after', info.endCursor) : null,
    }),
  }
}
