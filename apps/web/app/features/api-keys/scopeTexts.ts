import type { Scope } from '@wellness/domain/scope'

/** What a key may do, in the words of who makes one. */
export const scopeTexts: Record<Scope, { name: string; more: string }> = {
  PROFILE_READ: { name: 'See who you are', more: 'Your name and your e-mail address.' },
  SESSIONS_READ: {
    name: 'See your sessions',
    more: 'When each was and how long it took.',
  },
  SESSIONS_WRITE: {
    name: 'Run sessions for you',
    more: 'Start a session, keep it going and end it. Nothing can be deleted.',
  },
}
