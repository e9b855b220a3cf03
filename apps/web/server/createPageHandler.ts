import { createRequestHandler } from '@remix-run/node'
import type { ServerBuild } from '@remix-run/node'
import type { PageHandler } from './createServer.ts'
import type { PageNames } from './pageNames.ts'

/**
 * Answers pages by Remix. For every request it ranks all routes it knows and tries them one by one, several times over; so
 * each page gets a handler that knows no more than the page's own routes and the one for what does not exist. What is no
 * page, such as the list of routes that browsers ask for, is answered by a handler that knows all.
 */
export function createPageHandler(build: ServerBuild, mode: string, pageNames: PageNames): PageHandler {
  const handleAny = createRequestHandler(build, mode)
  const handlers = new Map(
    pageNames.routeIds().map(([name, ids]) => [name, createRequestHandler(only(build, ids), mode)]),
  )
  return (request, context) => {
    const { pathname } = new URL(request.url)
    return (handlers.get(pageNames.nameOf(pathname)) ?? handleAny)(request, context)
  }
}

function only(build: ServerBuild, ids: ReadonlySet<string>): ServerBuild {
  const pick = <Route>(routes: Record<string, Route>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => ids.has(id)))
  return {
    ...build,
    routes: pick(build.routes),
    assets: { ...build.assets, routes: pick(build.assets.routes) },
  }
}
