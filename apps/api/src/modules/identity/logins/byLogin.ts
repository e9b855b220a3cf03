import type { LoginViewer, Viewer } from './viewer.ts'

/** The viewer as somebody who is signed in; null when the request was made with an API key, or with nothing. */
export function byLogin(viewer: Viewer | null): LoginViewer | null {
  return viewer?.credential.kind === 'login' ? { ...viewer, credential: viewer.credential } : null
}
