import type { IdentityContext } from '../identity.context.ts'
import { takesLogin } from './takesLogin.ts'

/**
 * For what no API key may see. Keys are refused before any resolver runs; this stands behind that, so that nothing of a
 * login's is reached by a way on which nobody asked.
 *
 * @throws FORBIDDEN when the request was made with an API key.
 */
export function refuseApiKey({ viewer }: Pick<IdentityContext, 'viewer'>): void {
  if (viewer?.credential.kind === 'apiKey') throw takesLogin()
}
