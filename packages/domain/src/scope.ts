/** What an API key may see and do, each as people read it who make one. */
export const scopes = {
  PROFILE_READ: 'me: id, name, image, e-mail address',
  SESSIONS_READ: 'sessions: times, status, practice, duration. Never notes.',
  SESSIONS_WRITE: 'start, refresh, pause, resume, end',
} as const

export type Scope = keyof typeof scopes
