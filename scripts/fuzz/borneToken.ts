import type { Actor } from './actor.ts'
import type { FuzzRequest } from './fuzzRequest.ts'

/** The login that a request came with, of those that the actor has. */
export function borneToken(request: FuzzRequest, actor: Actor): string | null {
  const header = (name: string): string =>
    request.headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
  const token =
    request.target === 'api'
      ? /^Bearer ([^\s]+)$/i.exec(header('authorization').trim())?.[1]
      : /(?:^|;\s*)login=([\w-]+)/.exec(header('cookie'))?.[1]
  return token !== undefined && actor.liveTokens.has(token) ? token : null
}
