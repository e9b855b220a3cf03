import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { generateClient } from './generateClient.ts'

const root = resolve(import.meta.dirname, '..')

test('the generated client is one file, without a barrel, and is what schema and operations make of it', async () => {
  await generateClient('compare')
  expect(readdirSync(resolve(root, 'packages/api-client/src/generated'))).toEqual(['graphql.ts'])
})

test('the API knows by its hash every operation of the client, and no other', () => {
  const trusted = JSON.parse(
    readFileSync(resolve(root, 'apps/api/src/trustedDocuments.json'), 'utf8'),
  ) as Record<string, string>
  const client = readFileSync(resolve(root, 'packages/api-client/src/generated/graphql.ts'), 'utf8')
  const sent = [...client.matchAll(/Document = new TypedDocumentString\(`[^`]+`, \{"hash":"(.+?)"\}\)/g)]
  expect(sent.length).toBeGreaterThan(20)
  expect(sent.map(([, hash]) => hash).sort()).toEqual(Object.keys(trusted).sort())
  for (const [hash, text] of Object.entries(trusted))
    expect(hash).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
})
