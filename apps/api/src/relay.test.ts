import { publicId } from '@wellness/domain/publicId'
import { type GraphQLObjectType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSchema } from './schema.ts'
import { createApiKey } from './testing/createApiKey.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'

const schema = createSchema()
const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
)
const fieldsOf = (name: string) =>
  Object.fromEntries(
    Object.values((schema.getType(name) as GraphQLObjectType).getFields()).map((field) => [
      field.name,
      String(field.type),
    ]),
  )

/** What clients such as Relay and Apollo take for granted of every list that is called a connection. */
describe('connections are as the specification of Relay has them', () => {
  const connections = objects.filter(({ name }) => name.endsWith('Connection'))

  test('there are some', () => {
    expect(connections.map(({ name }) => name)).toContain('SessionConnection')
  })

  test.each(connections.map(({ name }) => name))(
    '%s has edges with a node and a cursor, and pageInfo',
    (name) => {
      const node = name.replace(/Connection$/, '')
      expect(fieldsOf(name)).toMatchObject({
        edges: `[${node}Edge!]!`,
        nodes: `[${node}!]!`,
        pageInfo: 'PageInfo!',
      })
      expect(fieldsOf(`${node}Edge`)).toEqual({ node: `${node}!`, cursor: 'String!' })
    },
  )

  test('pageInfo says whether there is more on both sides, and where', () => {
    expect(fieldsOf('PageInfo')).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    })
  })

  test('every field that gives one takes first, after, last and before', () => {
    const fields = objects.flatMap((type) =>
      Object.values(type.getFields()).filter((field) => /Connection!?$/.test(String(field.type))),
    )
    expect(fields.length).toBeGreaterThan(0)
    for (const { args } of fields) {
      const types = Object.fromEntries(args.map(({ name, type }) => [name, String(type)]))
      expect(types).toMatchObject({ first: 'Int', after: 'String', last: 'Int', before: 'String' })
    }
  })
})

/** What a client has once, it can ask for again by nothing but its id. */
describe('objects are identified as the specification of Relay has it', () => {
  let api: TestApi
  let user: TestUser
  let ids: Record<string, string>
  beforeAll(async () => {
    api = await createTestApi()
    user = await createUser(api)
    await createApiKey(api, user)
    await api.request(
      'mutation { startSession(input: {}) { session { id } } updateProfile(input: { name: "Ada" }) { user { id } } }',
      {},
      user,
    )
    await api.sql(
      `insert into security_events (id, user_id, kind, occurred_at) values (uuidv7(), ?, 'SIGNED_IN', ?)`,
      [user.userId, api.clock.now()],
    )
    const { data } = await api.request<{
      me: {
        id: string
        liveSession: { id: string }
        logins: { id: string }[]
        apiKeys: { id: string }[]
        securityEvents: { nodes: { id: string }[] }
      }
    }>(
      '{ me { id liveSession { id } logins { id } apiKeys { id } securityEvents(first: 1) { nodes { id } } } }',
      {},
      user,
    )
    const { me } = data
    ids = {
      User: me.id,
      Session: me.liveSession.id,
      Login: me.logins[0]?.id ?? '',
      ApiKey: me.apiKeys[0]?.id ?? '',
      SecurityEvent: me.securityEvents.nodes[0]?.id ?? '',
    }
  })
  afterAll(() => api.close())

  test('every kind of node is tried here, but those of which nobody has one yet', () => {
    const nodes = objects.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
    expect(nodes.map(({ name }) => name).toSorted()).toEqual([...Object.keys(ids), 'SecondFactor'].toSorted())
    for (const { name } of nodes) expect(fieldsOf(name)).toMatchObject({ id: 'ID!' })
  })

  test('node gives the same thing for its id', async () => {
    for (const [type, id] of Object.entries(ids)) {
      const { data } = await api.request('query ($id: ID!) { node(id: $id) { __typename id } }', { id }, user)
      expect(data).toEqual({ node: { __typename: type, id } })
    }
  })

  test('nodes gives things in the order of their ids, and null in the place of what is not there', async () => {
    const asked = Object.values(ids).flatMap((id) => [id, publicId.from('session', crypto.randomUUID())])
    const { data } = await api.request<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: asked },
      user,
    )
    expect(data.nodes.map((node) => node?.id ?? null)).toEqual(
      asked.map((id, index) => (index % 2 === 0 ? id : null)),
    )
  })
})
