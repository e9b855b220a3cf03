import type { Actor, KnownKey } from './actor.ts'
import type { FuzzRequest } from './fuzzRequest.ts'

/** The API key that a request came with, of those that the actor has. */
export function borneKey(request: FuzzRequest, actor: Actor): KnownKey | null {
  if (request.target !== 'api') return null
  const [, given = ''] = request.headers.find(([name]) => name.toLowerCase() === 'authorization') ?? []
  const secret = /^Bearer ([^\s]+)$/i.exec(given.trim())?.[1]
  return [...actor.keys.values()].find((key) => key.secret === secret) ?? null
}
