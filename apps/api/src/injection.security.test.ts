import 'reflect-metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSchema } from './schema.ts'
import { createApiKey } from './testing/createApiKey.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'
import { findTextPlaces } from './testing/textPlaces.ts'

let api: TestApi
let ada: TestUser
let eve: TestUser
beforeAll(async () => {
  api = await createTestApi()
  ada = await createUser(api, { name: 'Ada' })
  eve = await createUser(api)
})
afterAll(() => api.close())
beforeEach(() => {
  api.logLines.length = 0
})

const payloads = {
  'SQL in quotation marks': `'; drop table users; --`,
  'SQL in double quotation marks': `" or 1=1; delete from users; --`,
  placeholders: `? $1 :name \${1} %s \\`,
  'a comment': `/* */ -- #`,
  'Redis commands': `\r\nFLUSHALL\r\n*1\r\n$8\r\nFLUSHALL\r\n`,
  'a Redis pattern': `*}{:session:[a-z]`,
  'mail headers': `a@example.com\r\nBcc: eve@example.com\r\n\r\nHello`,
  'a mail list': `a@example.com, eve@example.com`,
  'a zero byte': `a\0b@example.com`,
  'half a surrogate pair': `\ud800@example.com`,
  'an object of another database': `{"$ne": null}`,
  'a template': `{{7*7}}\${7*7}<%= 7*7 %>`,
  'five thousand characters': 'x'.repeat(5_000),
  nothing: '',
}

const places = [...findTextPlaces(createSchema())]

test('the places are found', () => {
  expect(places.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'signIn.input.email',
      'signIn.input.password',
      'updateProfile.input.name',
      'startSession.input.timeZone',
      'node.id',
      'nodes.ids',
      'me.sessions.after',
      'me.sessions.filter.from',
    ]),
  )
})

describe.each([
  { caller: 'a login', isKey: false },
  { caller: 'an API key', isKey: true },
])('sent by $caller', ({ isKey }) => {
  let by: { token: string }
  beforeAll(async () => {
    by = isKey ? await createApiKey(api, ada) : ada
  })

  /** Text that is read as a statement, a command or a header does what the attacker wrote. */
  test.each(places)(
    'A32: nothing that is written into $name is more than text',
    async ({ document, variables }) => {
      for (const [kind, payload] of Object.entries(payloads)) {
        const answer = await api.request(document, variables(payload), by)
        const codes = answer.errors?.map(({ extensions }) => extensions.code) ?? []
        expect(codes, kind).not.toContain('INTERNAL_SERVER_ERROR')
        // What no key may ask for is refused before anything is read.
        expect(isKey ? [200, 400, 403] : [200, 400], kind).toContain(answer.status)
        for (const [name] of answer.headers) expect(name).not.toContain('bcc')
      }
      expect(api.logLines.filter((line) => line.includes('resolver failed'))).toEqual([])
      for (const line of api.logLines) expect(line.trimEnd()).not.toMatch(/[\r\n]/)
      const users = await api.sql('select 1 from users where id in (?, ?)', [ada.userId, eve.userId])
      expect(users).toHaveLength(2)
      expect(await api.app.services.redis.ping()).toBe('PONG')
    },
  )
})

test('A32: a name is stored as the text it is', async () => {
  for (const name of [`'; drop table users; --`, `? $1 :name \${1} %s \\`, `<script>alert(1)</script>`]) {
    const document = 'mutation ($name: String) { updateProfile(input: { name: $name }) { user { name } } }'
    const answer = await api.request(document, { name }, ada)
    expect(answer.data).toEqual({ updateProfile: { user: { name } } })
    expect(await api.sql('select name from users where id = ?', [ada.userId])).toEqual([{ name }])
  }
})
