import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getIntrospectionQuery } from 'graphql'
import 'reflect-metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AttackedResolver } from '../../testing/attackedResolver.ts'
import { callers } from '../../testing/callers.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { DocumentAttacks } from '../../testing/documentAttacks.ts'

let api: TestApi
let token: string | null
let attacks: DocumentAttacks
beforeAll(async () => {
  api = await createTestApi({ extraResolvers: [AttackedResolver] })
  attacks = new DocumentAttacks(api)
})
afterAll(() => api.close())
beforeEach(() => {
  AttackedResolver.executed = 0
})

function liveHeapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

const attack = (query: string, variables = {}) => attacks.send(query, variables, token)

describe.each(callers)('sent by $name', ({ makeToken }) => {
  beforeAll(async () => {
    token = await makeToken(api)
  })

  describe('guesses at secrets', () => {
    /** The attacker packs a hundred guesses into one request, to pass limits that count requests. */
    test('A1: a hundred guesses under aliases are refused before any runs', async () => {
      const guesses = Array.from({ length: 100 }, (_, i) => `g${i}: guess(secret: "${i}")`)
      DocumentAttacks.expectRefusal(
        await attack(`mutation { ${guesses.join(' ')} }`),
        'GRAPHQL_VALIDATION_FAILED',
      )
    })

    /** Two are below every other limit; a second guess is refused for what it is. */
    test('A1: even two guesses in one document are refused', async () => {
      const answer = await attack('mutation { a: guess(secret: "1") b: guess(secret: "2") }')
      DocumentAttacks.expectRefusal(answer)
      expect(answer.text).toContain('one mutation that checks a credential')
    })

    /** The attacker hides the guesses where a count of the operation's own fields does not look. */
    test.each([
      [
        'one fragment',
        'mutation { ...G } fragment G on Mutation { a: guess(secret: "1") b: guess(secret: "2") }',
      ],
      [
        'a fragment of fragments',
        `mutation { ...G ...H } fragment G on Mutation { ...X } fragment H on Mutation { b: guess(secret: "2") }
       fragment X on Mutation { a: guess(secret: "1") }`,
      ],
      [
        'inline fragments',
        'mutation { ... on Mutation { a: guess(secret: "1") } ... { b: guess(secret: "2") } }',
      ],
      ['two operations', 'mutation A { guess(secret: "1") } mutation B { guess(secret: "2") }'],
    ])('A2: guesses in %s are refused', async (_where, document) => {
      DocumentAttacks.expectRefusal(await attack(document))
    })

    test('one guess is let through', async () => {
      const answer = await attack('mutation { ...G } fragment G on Mutation { guess(secret: "1") }')
      expect(answer).toMatchObject({ status: 200, data: { guess: false } })
    })
  })

  describe('aliases and directives', () => {
    /** Each alias runs its field once more; a fragment that is spread often runs its aliases as often. */
    test.each([
      ['in the operation', `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
      [
        'multiplied by fragments',
        `{ ring { ...A next { ...A } } } fragment A on Ring { ${Array.from({ length: 8 }, (_, i) => `a${i}: name`).join(' ')} }`,
      ],
    ])('A2: sixteen aliases %s are refused', async (_where, document) => {
      const answer = await attack(document)
      DocumentAttacks.expectRefusal(answer)
      expect(answer.text).toContain('aliases')
    })

    test('fifteen aliases are let through', async () => {
      const answer = await attack(
        `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      )
      expect(answer.status).toBe(200)
    })

    /** Every unknown directive yields an error; a list of errors can be larger than the request that asked for it. */
    test('A4: ten unknown directives give five errors at most', async () => {
      DocumentAttacks.expectRefusal(
        await attack(`{ __typename ${Array.from({ length: 10 }, (_, i) => `@d${i}`).join(' ')} }`),
      )
    })

    test('A5: five hundred times @include is refused in few words', async () => {
      const document = `{ __typename ${'@include(if: true) '.repeat(500)} }`
      DocumentAttacks.expectRefusal(await attack(document), 'GRAPHQL_PARSE_FAILED')
    })

    /** Below the limit of tokens, and each on another field, so that no rule against repetition helps. */
    test('A5: eleven directives on as many fields are refused', async () => {
      const document = `{ ring { ${'name @skip(if: false) next { '.repeat(8)} name @skip(if: false) colour @skip(if: false)
      ... @skip(if: false) { __typename } ${'} '.repeat(8)} } }`
      const answer = await attack(document)
      DocumentAttacks.expectRefusal(answer)
      expect(answer.text).toContain('directives')
    })
  })

  describe('size and depth', () => {
    /** Comparing ten thousand fields with each other would keep the process busy for minutes. */
    test('A6: ten thousand times one field is refused by its tokens', async () => {
      const answer = await attack(`{ ${'id '.repeat(10_000)} }`)
      DocumentAttacks.expectRefusal(answer, 'GRAPHQL_PARSE_FAILED')
      expect(answer.text).toContain('1000 tokens')
    })

    /** Each level multiplies the work; a type that leads back to itself allows any number of levels. */
    test('A7: depth 20 and depth 5,000 over a circle of types are refused without a word of the engine', async () => {
      const nest = (depth: number) => `{ring${'{next'.repeat(depth - 2)}{name}${'}'.repeat(depth - 2)}}`
      expect((await attack(nest(10))).status).toBe(200)
      AttackedResolver.executed = 0
      for (const [depth, code] of [
        [11, 'GRAPHQL_VALIDATION_FAILED'],
        [20, 'GRAPHQL_VALIDATION_FAILED'],
        [5_000, 'GRAPHQL_PARSE_FAILED'],
      ] as const) {
        const answer = await attack(nest(depth))
        DocumentAttacks.expectRefusal(answer, code)
        expect(answer.text).not.toMatch(/stack|RangeError|at \w+ \(/i)
      }
    })

    test('A8: fragments in a circle are refused', async () => {
      DocumentAttacks.expectRefusal(
        await attack('{ ring { ...A } } fragment A on Ring { ...B } fragment B on Ring { ...A }'),
      )
      DocumentAttacks.expectRefusal(await attack('{ ring { ...A } } fragment A on Ring { name ...A }'))
    })

    /** Thirty fragments, each spreading the next one twice, stand for a thousand million fields. */
    test.each([
      ['Ring', 'ring', 'name'],
      ['__Schema', '__schema', 'description'],
    ])(
      'A9: fragments that double each other on %s are refused in milliseconds',
      async (type, field, leaf) => {
        const fragments = Array.from(
          { length: 30 },
          (_, i) => `fragment F${i} on ${type} { ...F${i + 1} ...F${i + 1} }`,
        )
        const answer = await attack(
          `{ ${field} { ...F0 } } ${fragments.join(' ')} fragment F30 on ${type} { ${leaf} }`,
        )
        DocumentAttacks.expectRefusal(answer)
        expect(answer.text).toContain('too many selections')
      },
    )

    /** A limit that lets introspection pass by its name would let pass whatever else bears it. */
    test('A10: a fragment named __schema does not hide depth', async () => {
      const deep = `${'next { '.repeat(20)} name ${'} '.repeat(20)}`
      for (const document of [
        `{ ring { ...__schema } } fragment __schema on Ring { ${deep} }`,
        `{ ring { ...__type } } fragment __type on Ring { ${deep} }`,
        `{ __schema: ring { ${deep} } }`,
        `{ ring { __schema: next { ${deep} } } }`,
        `query __schema { ring { ${deep} } }`,
      ]) {
        const answer = await attack(document)
        DocumentAttacks.expectRefusal(answer)
        expect(answer.text).toContain('deeper than 10')
      }
    })

    /** Introspection has a limit of its own; it must not be none. */
    test('A10: introspection does not nest without end either', async () => {
      const document = `{ __type(name: "User") { ${'ofType { '.repeat(20)} name ${'}'.repeat(20)} } }`
      DocumentAttacks.expectRefusal(await attack(document))
    })

    test('A11: introspection in a circle is refused', async () => {
      DocumentAttacks.expectRefusal(
        await attack(
          '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }',
        ),
      )
    })

    test.each([
      ['the usual one', {}],
      [
        'one that asks for everything',
        {
          descriptions: true,
          specifiedByUrl: true,
          directiveIsRepeatable: true,
          schemaDescription: true,
          inputValueDeprecation: true,
          oneOf: true,
        },
      ],
    ])('introspection is open: %s passes every limit', async (_which, options) => {
      const answer = await attack(getIntrospectionQuery(options))
      expect(answer.status).toBe(200)
      expect(answer.errors).toBeUndefined()
    })
  })

  describe('which operation runs', () => {
    /** The attacker names an operation that the document has not, and hopes that another one runs all the same. */
    test.each(['', 'Other', 'guess'])(
      'by the name "%s" nothing runs that has another',
      async (operationName) => {
        const response = await fetch(`${api.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
          body: JSON.stringify({ query: 'mutation Op { guess(secret: "x") }', operationName }),
        })
        expect(response.status).toBe(400)
        expect(await response.text()).toContain('"code":"BAD_REQUEST"')
        expect(AttackedResolver.executed).toBe(0)
      },
    )
  })

  describe('what is kept of documents', () => {
    /** The attacker sends one sound document after the other, each a little different, until the memory is used up. */
    test('a thousand different documents do not add up in memory', async () => {
      const fields = '__typename '.repeat(200)
      const send = async (from: number, to: number): Promise<void> => {
        for (let i = from; i < to; i += 1) {
          const answer = await api.request(`query Q${i} { ${fields} }`, {}, { token })
          expect(answer.status).toBe(200)
        }
      }
      await send(0, 200)
      const before = liveHeapBytes()
      await send(200, 1_200)
      expect(liveHeapBytes() - before).toBeLessThan(20 * 2 ** 20)
    })
  })

  describe('what errors tell', () => {
    /** Suggestions spell out a schema to somebody who guesses, and cost a comparison with every name there is. */
    test.each([
      ['field', '{ rin { name } }'],
      ['argument', 'mutation { guess(secrett: "x") }'],
      ['type', 'query ($a: Strin!) { __type(name: $a) { name } }'],
      ['fragment type', '{ ring { ... on Rin { name } } }'],
      ['enum value', '{ paint(colour: GREE) }'],
      ['input field', '{ paint(colour: GREEN, options: { glos: true }) }'],
      ['quotation mark', "{ node(id: 'x') { id } }"],
      ['directive', '{ __typename @includ(if: true) }'],
    ])('A12: a slip in a %s is not answered with a suggestion', async (_what, document) => {
      const answer = await attack(document)
      expect(answer.status).toBe(400)
      expect(answer.text).not.toMatch(/did you mean/i)
    })

    test('a subscription is a fault of the document, and raises no alarm of ours', async () => {
      const answer = await api.request('subscription { anything }', {}, { token })
      expect(answer.status).toBe(400)
      expect(answer.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    })

    test('A13: of five hundred wrong fields, five are told', async () => {
      const answer = await attack(`{ ${Array.from({ length: 500 }, (_, i) => `wrong${i}`).join(' ')} }`)
      DocumentAttacks.expectRefusal(answer)
      expect(answer.errors).toHaveLength(5)
    })
  })
})
