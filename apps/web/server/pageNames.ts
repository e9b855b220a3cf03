/** As much of Remix's routes as tells their addresses. */
export type PageRoutes = Record<string, { parentId?: string; path?: string }>

/** A page's data is asked for at its own address with this behind; the start page's at `/_root.data`. */
const DATA = '.data'
const FILE = /\.\w+$/

/**
 * Names what was asked for by an address of ours, never by what a client wrote: every name is kept for ever where requests
 * are counted, and an address may hold anything.
 */
export class PageNames {
  readonly #pages: { name: string; form: RegExp }[]
  readonly #routes: PageRoutes

  constructor(routes: PageRoutes) {
    this.#routes = routes
    const names = Object.keys(routes).map((id) => addressOf(routes, id))
    this.#pages = [...new Set(names)]
      .filter((name) => !name.includes('*'))
      // The exact ones first: `/session/beat` is no `/session/:sessionId`.
      .toSorted((one, other) => one.split(':').length - other.split(':').length)
      .map((name) => ({ name, form: new RegExp(`^${name.replaceAll(/:\w+/g, '[^/]+')}/?$`) }))
  }

  /** For each name the routes that make up its page, and those of addresses that do not exist. */
  routeIds(): [name: string, ids: Set<string>][] {
    const ids = Object.keys(this.#routes)
    return this.#pages.map(({ name }) => [
      name,
      new Set(
        ids
          .filter((id) => [name, '/*'].includes(addressOf(this.#routes, id)))
          .flatMap((id) => withParents(this.#routes, id)),
      ),
    ])
  }

  nameOf(url: string): string {
    const path = url.split('?', 1)[0] ?? ''
    const page = path === `/_root${DATA}` ? '/' : path.endsWith(DATA) ? path.slice(0, -DATA.length) : path
    const found = this.#pages.find(({ form }) => form.test(page))
    if (found) return found.name
    return FILE.test(page) ? 'file' : 'unknown page'
  }
}

function addressOf(routes: PageRoutes, id: string): string {
  const { parentId, path = '' } = routes[id] ?? {}
  const parent = parentId === undefined ? '' : addressOf(routes, parentId)
  return path === '' ? parent || '/' : `${parent.replace(/\/$/, '')}/${path}`
}

function withParents(routes: PageRoutes, id: string): string[] {
  const { parentId } = routes[id] ?? {}
  return parentId === undefined ? [id] : [...withParents(routes, parentId), id]
}
