import type { IdentityContext } from '../identity.context.ts'
import { byLogin } from './byLogin.ts'
import { requireViewer } from './requireViewer.ts'
import { takesLogin } from './takesLogin.ts'
import type { LoginViewer } from './viewer.ts'

/** @throws UNAUTHENTICATED when the request carries no credential, FORBIDDEN when it carries an API key. */
export function requireLogin(context: IdentityContext): LoginViewer {
  const viewer = byLogin(requireViewer(context))
  if (!viewer) throw takesLogin()
  return viewer
}
