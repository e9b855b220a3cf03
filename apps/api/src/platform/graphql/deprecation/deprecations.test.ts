import { buildSchema } from 'graphql'
import { Arg, Field, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { ForKeys } from '../key-access/forKeys.ts'
import { Deprecations } from './deprecations.ts'

const from = (since: string, until: string) => `Use other. Deprecated ${since}, removed after ${until}.`
const LATE = from('2026-12-01', '2027-06-01')
const SOON = from('2026-11-01', '2027-02-01')

const Shade = { DARK: 'DARK', DIM: 'DIM' }
registerEnumType(Shade, {
  name: 'Shade',
  description: 'Shades.',
  valuesConfig: { DIM: { description: 'Going.', deprecationReason: LATE } },
})

@ObjectType({ description: 'A lamp.' })
class Lamp {
  @ForKeys('ANY')
  @Field(() => Int, { description: 'Stays.' })
  watts!: number

  @ForKeys('ANY')
  @Field(() => Int, { description: 'Goes late.', deprecationReason: LATE })
  lumen!: number

  @ForKeys('ANY')
  @Field(() => Int, { description: 'Goes soon.', deprecationReason: SOON })
  candles!: number
}

@Resolver(() => Lamp)
class LampResolver {
  @ForKeys('ANY')
  @Query(() => Lamp, { description: 'A lamp.' })
  lamp(@Arg('shade', () => Shade, { nullable: true, description: 'Which.' }) _shade: string | null): Lamp {
    return { watts: 1, lumen: 2, candles: 3 }
  }
}

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({ extraResolvers: [LampResolver] })
})
afterAll(() => api.close())

/** Twice, since the second run passes by Apollo. */
async function headersOf(query: string): Promise<(string | null)[]> {
  const first = await api.request(query)
  const second = await api.request(query)
  expect([first.errors, second.errors]).toEqual([undefined, undefined])
  const told = [first, second].map(({ headers }) => [headers.get('deprecation'), headers.get('sunset')])
  expect(told[0]).toEqual(told[1])
  return told[0] ?? []
}

const since = (day: string) => `@${Date.parse(day) / 1_000}`
test.each([
  ['nothing that is deprecated', '{ lamp(shade: DARK) { watts } }', [null, null]],
  ['a field', '{ lamp { watts lumen } }', [since('2026-12-01'), 'Tue, 01 Jun 2027 00:00:00 GMT']],
  [
    'a field of a fragment',
    '{ lamp { ...F } } fragment F on Lamp { lumen }',
    [since('2026-12-01'), 'Tue, 01 Jun 2027 00:00:00 GMT'],
  ],
  [
    'a value of an enum',
    '{ lamp(shade: DIM) { watts } }',
    [since('2026-12-01'), 'Tue, 01 Jun 2027 00:00:00 GMT'],
  ],
  [
    'two of them, and hears of the first',
    '{ lamp { lumen candles } }',
    [since('2026-11-01'), 'Mon, 01 Feb 2027 00:00:00 GMT'],
  ],
])('an answer tells whoever asks for %s', async (_, query, headers) => {
  expect(await headersOf(query)).toEqual(headers)
})

const FORMS = {
  field: (reason: string) => `type Query { a: Int @deprecated(reason: "${reason}") b: Int }`,
  argument: (reason: string) => `type Query { a(b: Int @deprecated(reason: "${reason}")): Int }`,
  value: (reason: string) => `type Query { a: E } enum E { A B @deprecated(reason: "${reason}") }`,
  'field of an input': (reason: string) =>
    `type Query { a(i: I): Int } input I { x: Int @deprecated(reason: "${reason}") y: Int }`,
}
test.each(Object.entries(FORMS))(
  'no API starts with a deprecated %s that leaves less than three months',
  (_, sdl) => {
    const start = (reason: string) => () => new Deprecations(buildSchema(sdl(reason)))
    expect(start(from('2026-11-30', '2027-02-28'))).toThrow('three months')
    expect(start(from('2026-12-01', '2027-02-28'))).toThrow('three months')
    expect(start('Use other.')).toThrow('from when to when')
    expect(start(from('2026-12-01', '2027-03-01'))).not.toThrow()
  },
)
