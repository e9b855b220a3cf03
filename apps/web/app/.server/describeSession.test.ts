import { expect, test } from 'vitest'
import { describeSession } from './describeSession.ts'

const session = {
  id: 'session_1',
  status: 'COMPLETED' as const,
  startedAt: '2026-03-31T22:50:00.000Z',
  endedAt: '2026-03-31T23:04:59.000Z',
  durationSeconds: 899,
  expiresAt: null,
  timeZone: 'Europe/Stockholm',
}

test('a session stands on the day of its own time zone, not of UTC', () => {
  const text = describeSession(session, 'en-GB')
  expect(text).toMatchObject({ date: 'Wed 1 Apr', startTime: '00:50', endTime: '01:04' })
})

test('times follow the language: 12 or 24 hours, and its own names', () => {
  expect(describeSession(session, 'en-US').startTime.replace('\u202f', ' ')).toBe('12:50 AM')
  expect(describeSession(session, 'de-DE').date).toBe('Mi., 1. Apr.')
  expect(describeSession(session, 'sv-SE').startTime).toBe('00:50')
})

test('a live session has no end and no length', () => {
  const live = { ...session, status: 'RUNNING' as const, endedAt: null, durationSeconds: null }
  expect(describeSession(live, 'en-GB')).toMatchObject({ endTime: null, length: null })
})

test('minutes are cut from the whole seconds of the session, once', () => {
  expect(describeSession(session, 'en-GB')).toMatchObject({ length: '14 min', isoLength: 'PT899S' })
})

test('times in UTC say so: their reader’s clock may show another', () => {
  const text = describeSession({ ...session, timeZone: 'UTC' }, 'en-GB')
  expect(text).toMatchObject({ startTime: '22:50\u00a0UTC', endTime: '23:04\u00a0UTC' })
  expect(describeSession({ ...session, timeZone: 'Europe/London' }, 'en-GB').endTime).toBe('00:04')
})
