import type { LoadContext } from '../../server/loadContext.ts'

declare module '@remix-run/server-runtime' {
  // What server/createServer.ts hands over with each request.
  interface AppLoadContext extends LoadContext {}
}

/** What every loader and action is called with, as far as the code here needs it. */
export interface RouteArgs {
  request: Request
  context: LoadContext
}
