import { afterEach, beforeEach, expect, test } from 'vitest'
import { captureConsole } from './captureConsole.ts'
import { createLogger } from './createLogger.ts'

let lines: string[]
const original = { ...console }
beforeEach(() => {
  lines = []
})
afterEach(() => {
  Object.assign(console, original)
})

const record = () => {
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0]!) as Record<string, unknown> & { err: Record<string, unknown> }
}
const createTestLogger = () =>
  createLogger({
    level: 'info',
    name: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })

test('a record is one line, whatever is in it', () => {
  createTestLogger().info({ text: 'one\ntwo\r\n{"level":60}' }, 'three\nfour')
  expect(lines[0]!.trimEnd()).not.toMatch(/[\r\n]/)
  expect(record()).toMatchObject({ text: 'one\ntwo\r\n{"level":60}', msg: 'three\nfour' })
})

test('a secret that is handed to the logger by mistake is left out', () => {
  const names = ['password', 'token', 'secret', 'authorization', 'cookie']
  const secrets = Object.fromEntries(names.map((name) => [name, 'hunter2']))
  createTestLogger().info({ ...secrets, input: secrets, headers: secrets }, 'oops')
  expect(lines[0]).not.toContain('hunter2')
})

test('an error leaves type, message and place, and its causes', () => {
  createTestLogger().error({ err: new Error('outer', { cause: new TypeError('inner') }) }, 'failed')
  expect(record().err).toMatchObject({
    type: 'Error',
    message: 'outer',
    cause: { type: 'TypeError', message: 'inner' },
    stack: expect.arrayContaining([expect.stringContaining('logger.test.ts')]) as string[],
  })
})

/** The message and the first lines of the stack are the statement, with what a person typed written into it. */
test('a database error leaves its code and no statement', () => {
  const error = Object.assign(new Error("select 'hunter2'\n    at time zone 'hunter2' - failed"), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'hunter2',
    table: 'users',
  })
  createTestLogger().error({ err: error }, 'failed')
  expect(record().err).toMatchObject({ type: 'Error', code: '22P02', table: 'users' })
  expect(lines[0]).not.toContain('hunter2')
})

test('what is thrown and is no error is not printed', () => {
  createTestLogger().error({ err: 'hunter2' }, 'failed')
  expect(record().err).toEqual({ type: 'string', stack: [] })
})

test('what a library prints to the console becomes a record', () => {
  captureConsole(createTestLogger())
  console.error('`query` failed in the background: hunter2\nand more')
  expect(record()).toMatchObject({ source: 'console', msg: '`query` failed in the background' })
})
