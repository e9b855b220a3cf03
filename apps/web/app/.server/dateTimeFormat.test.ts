import { expect, test } from 'vitest'
import { dateTimeFormat } from './dateTimeFormat.ts'

const noon = new Date('2026-11-22T12:00:00.000Z')

test('each language, time zone and style has a format of its own', () => {
  const stockholm = { timeZone: 'Europe/Stockholm', timeStyle: 'short' } as const
  expect(dateTimeFormat('en-GB', stockholm).format(noon)).toBe('13:00')
  expect(dateTimeFormat('en-GB', { ...stockholm, timeZone: 'UTC' }).format(noon)).toBe('12:00')
  expect(dateTimeFormat('en-US', stockholm).format(noon)).toMatch(/1:00\sPM/)
  expect(dateTimeFormat('en-GB', { ...stockholm, timeStyle: 'medium' }).format(noon)).toBe('13:00:00')
  expect(dateTimeFormat('en-GB', stockholm)).toBe(dateTimeFormat('en-GB', { ...stockholm }))
})

test('however many are asked for, few are kept', () => {
  const first = dateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric' })
  for (let hour = 0; hour < 24; hour += 1)
    for (let minute = 0; minute < 60; minute += 1) {
      const timeZone = `+${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      dateTimeFormat('en-GB', { timeZone, year: 'numeric' })
    }
  expect(dateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric' })).not.toBe(first)
})
