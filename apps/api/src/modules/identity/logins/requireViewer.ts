import { GraphQLError } from 'graphql'
import type { IdentityContext } from '../identity.context.ts'
import type { Viewer } from './viewer.ts'

/** @throws UNAUTHENTICATED when the request carries no credential. */
export function requireViewer(context: IdentityContext): Viewer {
  if (context.viewer) return context.viewer
  throw new GraphQLError('Sign in first: this needs a login. Send its token as `Authorization: Bearer …`.', {
    extensions: { code: 'UNAUTHENTICATED' },
  })
}
