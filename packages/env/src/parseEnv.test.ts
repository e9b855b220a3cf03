import { expect, test } from 'vitest'
import { z } from 'zod'
import { EnvError, parseEnv } from './parseEnv.ts'
import { variables } from './variables.ts'

const schema = z.object({
  ADDRESS: variables.address('https').meta({ purpose: 'where it is', example: 'https://example.com' }),
  PORT: variables.port().default(80).meta({ purpose: 'its port', example: '80' }),
  SECRET: variables.secret(4).meta({ purpose: 'what nobody knows', example: 'abcd' }),
})

function messageOf(source: Record<string, string | undefined>): string {
  try {
    parseEnv(schema, source, { name: 'The app' })
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError)
    return (error as Error).message
  }
}

test('an environment is read, and what it holds besides is left alone', () => {
  const source = { ADDRESS: 'https://example.com', SECRET: 'four', OTHER: 'x' }
  expect(parseEnv(schema, source, { name: 'The app' })).toEqual({
    ADDRESS: 'https://example.com',
    PORT: 80,
    SECRET: 'four',
  })
})

test('one message lists every problem by name, with what the variable is for and an example', () => {
  expect(messageOf({ ADDRESS: 'http://example.com', PORT: 'x', SECRET: '' })).toBe(
    [
      'The app cannot start: 3 of its environment variables need attention.',
      '  ADDRESS must be an address that begins with https://',
      '    for: where it is',
      '    example: https://example.com',
      '  PORT must be a port number',
      '    for: its port',
      '    example: 80',
      '  SECRET is missing',
      '    for: what nobody knows',
      '    example: abcd',
    ].join('\n'),
  )
})

test('an empty variable is a missing one, and takes the default where there is one', () => {
  const source = { ADDRESS: 'https://example.com', PORT: '', SECRET: 'four' }
  expect(parseEnv(schema, source, { name: 'The app' }).PORT).toBe(80)
})

test('the length of a secret is counted in bytes', () => {
  const source = { ADDRESS: 'https://example.com', PORT: '1' }
  expect(messageOf({ ...source, SECRET: 'abc' })).toContain('SECRET must have at least 4 bytes')
  expect(messageOf({ ...source, SECRET: '🌊' })).toBe('')
})
