import type { Exchange } from './exchange.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { toCurl } from './toCurl.ts'

/** Counts of what was sent and answered, and which request an id of the log belongs to. */
export class Tally {
  readonly #byKind = new Map<string, Map<string, number>>()
  readonly #requests = new Map<string, string>()
  readonly #origins: Record<'api' | 'web', string>
  total = 0

  constructor(origins: Record<'api' | 'web', string>) {
    this.#origins = origins
  }

  count(request: FuzzRequest, { answers: [answer] }: Exchange): void {
    this.total += 1
    const kind = `${request.target}: ${request.kind}`
    const statuses = this.#byKind.get(kind) ?? new Map<string, number>()
    const status = answer ? `${Math.floor(answer.status / 100)}xx` : 'closed'
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    this.#byKind.set(kind, statuses)
    const id = answer?.headers.get('x-request-id')
    if (id !== undefined) this.#requests.set(id, toCurl(request, this.#origins[request.target]).slice(0, 600))
  }

  requestOf(id: string): string | undefined {
    return this.#requests.get(id)
  }

  table(): string[] {
    const classes = ['2xx', '3xx', '4xx', '5xx', 'closed']
    const head = `${'kind'.padEnd(42)}${classes.map((name) => name.padStart(8)).join('')}`
    const rows = [...this.#byKind]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(
        ([kind, statuses]) =>
          `${kind.padEnd(42)}${classes.map((name) => String(statuses.get(name) ?? 0).padStart(8)).join('')}`,
      )
    return [head, ...rows]
  }
}
