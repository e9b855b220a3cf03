import { expect, test } from 'vitest'
import { timeZone } from './timeZone.ts'

test('IANA names are taken', () => {
  for (const name of [
    'UTC',
    'Europe/Stockholm',
    'America/Argentina/Buenos_Aires',
    'Pacific/Apia',
    'Etc/GMT+5',
  ])
    expect(timeZone.parse(name)).toBe(name)
  for (const name of Intl.supportedValuesOf('timeZone')) expect(timeZone.parse(name)).toBe(name)
})

test('offsets, abbreviations, unknown names and injections are refused', () => {
  for (const name of [
    '',
    '+02:00',
    'PST',
    'CET',
    'SystemV/AST4',
    'Mars/Olympus',
    "UTC'; drop table users; --",
    'x'.repeat(100),
  ]) {
    expect(timeZone.safeParse(name).success, name).toBe(false)
  }
})
