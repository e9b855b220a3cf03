import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlCommand } from './curlCommand.ts'

/** What a shell hands to a program for this text: here the program prints its arguments, one a line of JSON. */
function readByShell(command: string): string[] {
  const print = `curl() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }; ${command}`
  const output = execFileSync('sh', ['-c', print], { env: { NODE_ENV: 'test', WELLNESS_API_KEY: 'the-key' } })
  return output.toString().split('\0').slice(0, -1)
}

test('a shell reads the request as it was written, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.jsonValue(), (text, value) => {
      // No argument of a program can hold one.
      fc.pre(!text.includes('\0'))
      const read = readByShell(
        curlCommand({
          url: 'https://api.example.com/graphql',
          query: text,
          variables: { value },
          operationName: null,
        }),
      )
      expect(read.slice(0, 6)).toEqual([
        'https://api.example.com/graphql',
        '--header',
        'Content-Type: application/json',
        '--header',
        'Authorization: Bearer the-key',
        '--data-raw',
      ])
      expect(JSON.parse(read[6] ?? '')).toEqual({
        query: text,
        variables: JSON.parse(JSON.stringify({ value })) as unknown,
      })
    }),
    { numRuns: 50, examples: [['it\'s $HOME `id` \\ \n"', null]] },
  )
})

test('names the operation where there are several, and leaves out what is not given', () => {
  const command = curlCommand({
    url: 'https://x.example/graphql',
    query: '{ a }',
    variables: null,
    operationName: 'A',
  })
  expect(JSON.parse(readByShell(command)[6] ?? '')).toEqual({ query: '{ a }', operationName: 'A' })
})
