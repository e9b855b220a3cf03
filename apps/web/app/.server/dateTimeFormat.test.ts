import { expect, test } from 'vitest'
import { dateTimeFormat } from './dateTimeFormat.ts'

const noon = new Date('2026-11-22T12:00:00.000Z')

test('each language, time zone and style has a format of its own', () => {
  expect(dateTimeFormat('en-GB', 'Europe/Stockholm', 'time').format(noon)).toBe('13:00')
  expect(dateTimeFormat('en-GB', 'UTC', 'time').format(noon)).toBe('12:00')
  expect(dateTimeFormat('en-US', 'Europe/Stockholm', 'time').format(noon)).toMatch(/1:00\sPM/)
  expect(dateTimeFormat('en-GB', 'Europe/Stockholm', 'month').format(noon)).toBe('November 2026')
  expect(dateTimeFormat('en-GB', 'Europe/Stockholm', 'day')).toBe(
    dateTimeFormat('en-GB', 'Europe/Stockholm', 'day'),
  )
})

test('however many are asked for, few are kept', () => {
  const first = dateTimeFormat('en-GB', 'UTC', 'month')
  for (let hour = 0; hour < 24; hour += 1)
    for (let minute = 0; minute < 60; minute += 1) {
      dateTimeFormat('en-GB', `+${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, 'month')
    }
  expect(dateTimeFormat('en-GB', 'UTC', 'month')).not.toBe(first)
})
