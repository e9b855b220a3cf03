import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { generateClient } from './generateClient.ts'

test('the generated client is one file, without a barrel, and is what schema and operations make of it', async () => {
  await generateClient('compare')
  expect(readdirSync(resolve(import.meta.dirname, '../packages/api-client/src/generated'))).toEqual([
    'graphql.ts',
  ])
})
