import { createHash } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { HotOperations } from './platform/graphql/hotOperations.ts'
import { createSchema } from './schema.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'
import trustedDocuments from './trustedDocuments.json' with { type: 'json' }

let api: TestApi
let user: TestUser
beforeAll(async () => {
  api = await createTestApi({ runsBeforeHot: Infinity })
  user = await createUser(api)
})
afterAll(() => api.close())

const hashOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const ME = Object.entries(trustedDocuments).find(([, text]) => text.includes('query Me {'))?.[0] ?? ''

async function send(body: object, { token }: { token: string | null } = user) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }
  return { status: response.status, data: answer.data, code: answer.errors?.[0]?.extensions.code }
}

test('every trusted document is sound: nobody looks again before it runs', () => {
  const schema = createSchema()
  for (const text of Object.values(trustedDocuments)) expect(validate(schema, parse(text)), text).toEqual([])
})

test('is answered by its hash alone, to whoever sends it, and as if its text had been sent', async () => {
  const query = trustedDocuments[ME as keyof typeof trustedDocuments]
  expect(await send({ documentId: ME })).toEqual(await send({ query }))
  expect(await send({ documentId: ME })).toMatchObject({ status: 200, data: { me: { email: user.email } } })
  expect(await send({ documentId: ME }, { token: null })).toMatchObject({ status: 200, data: { me: null } })
})

test('is never read: it is hot from the start, and other documents do not push it out', async () => {
  const schema = createSchema()
  const texts = Object.values(trustedDocuments)
  const hot = new HotOperations(schema, { runsBeforeHot: 0, trusted: texts })
  for (let i = 0; i < 500; i += 1) {
    const text = `query Q${i} { __typename }`
    hot.countRun({ text, document: parse(text), operationName: null })
  }
  for (const text of texts) expect(hot.find(text, null)?.text).toBe(text)
  const engine = vi.spyOn(ApolloServer.prototype, 'executeOperation')
  expect((await send({ documentId: ME })).status).toBe(200)
  expect(engine).not.toHaveBeenCalled()
  engine.mockRestore()
})

/** Attack: a stranger has the API remember a document of theirs, as automatic persisted queries let everybody do. */
test('strangers register none: whatever was sent as text before, or beside the hash, stays unknown', async () => {
  const query = 'query Mine { me { id } }'
  const documentId = hashOf(query)
  expect((await send({ query })).status).toBe(200)
  const extensions = { persistedQuery: { version: 1, sha256Hash: documentId.slice(7) } }
  expect((await send({ query, extensions })).status).toBe(200)
  expect(await send({ query, documentId })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  expect(await send({ documentId })).toMatchObject({ status: 400, code: 'UNKNOWN_DOCUMENT' })
  expect(await send({ extensions })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
})

test.each([
  ['of nobody', hashOf('nonsense')],
  ['that is no hash', 'me'],
  ['that every object has', 'constructor'],
  ['of an object', '__proto__'],
  ['that is empty', ''],
  ['that is a number', 5],
  ['that is a list', [ME]],
])('a documentId %s is refused with UNKNOWN_DOCUMENT', async (_what, documentId) => {
  expect(await send({ documentId })).toMatchObject({ status: 400, code: 'UNKNOWN_DOCUMENT' })
})
