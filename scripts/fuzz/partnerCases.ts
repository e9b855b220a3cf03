import fc from 'fast-check'
import type { GraphQLSchema } from 'graphql'
import { clientHeaders } from './clientHeaders.ts'
import { type FuzzRequest, fuzzRequest } from './fuzzRequest.ts'
import { type GraphqlCase, GraphqlDocuments } from './graphqlDocuments.ts'
import type { Header } from './header.ts'
import { hostileText } from './hostileText.ts'
import { placeholders } from './placeholders.ts'

const JSON_TYPE = ['content-type', 'application/json'] as const

const bearer = (secret: string): Header[] => [['authorization', `Bearer ${secret}`]]

/** What scripts of partners come with. */
const byKey: fc.Arbitrary<Header[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(bearer(placeholders.ownKeySecret)) },
  { weight: 3, arbitrary: fc.constant(bearer(placeholders.readerSecret)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        placeholders.endedKeySecret,
        `${placeholders.ownKeySecret}~20`,
        `${placeholders.ownKeySecret}~50`,
      ].map(bearer),
    ),
  },
)
const byAnybody: fc.Arbitrary<Header[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(bearer(placeholders.ownToken)) },
  { weight: 3, arbitrary: byKey },
  { weight: 1, arbitrary: fc.constant<Header[]>([]) },
)

/** Made up for each thing, as it should be; or used for many; or none. */
const idempotencyKey = fc.oneof(
  { weight: 6, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: fc.constantFrom('one-key-for-all', 'another-for-all', '__proto__') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'short',
      'x'.repeat(128),
      'x'.repeat(129),
      'with a blank',
      '\xe9'.repeat(10),
    ),
  },
)

const unknownHash = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
  .map((hash) => `sha256:${hash}`)

/** What only partners send, or only the web app: API keys, Idempotency-Keys, and documents by their hash. */
export function partnerCases(
  schema: GraphQLSchema,
  valid: fc.Arbitrary<GraphqlCase>,
  trusted: Readonly<Record<string, string>>,
): fc.Arbitrary<FuzzRequest> {
  const documents = new GraphqlDocuments(schema)
  const ofKeys = fc
    .tuple(valid, byKey, clientHeaders)
    .map(([graphql, credential, client]) => post('by an API key', graphql, [...credential, ...client]))

  const idempotent = fc
    .tuple(documents.document('mutation'), idempotencyKey, byAnybody, clientHeaders)
    .map(([graphql, key, credential, client]) =>
      post('idempotent', graphql, [['idempotency-key', key], ...credential, ...client]),
    )

  const known = fc
    .constantFrom(...Object.entries(trusted))
    .chain(([documentId, text]) =>
      documents.ofText(text).map(({ variables }): Record<string, unknown> => ({ documentId, variables })),
    )
  const odd = fc
    .tuple(known, unknownHash, hostileText, fc.nat(9))
    .map(([request, hash, text, which]): Record<string, unknown> => {
      const { documentId } = request
      const ids = [hash, text, '__proto__', 'constructor', '', 5, [documentId], { documentId }]
      return which < ids.length
        ? { ...request, documentId: ids[which] }
        : { ...request, query: '{ __typename }' }
    })
  const byHash = fc
    .tuple(
      fc.oneof({ weight: 5, arbitrary: known }, { weight: 2, arbitrary: odd }),
      byAnybody,
      fc.option(idempotencyKey, { freq: 4 }),
      clientHeaders,
    )
    .map(([request, credential, key, client]) => {
      const again: Header[] = key === null ? [['idempotency-key', 'one-key-for-all']] : []
      return post('document by its hash', request, [...again, ...credential, ...client])
    })
  return fc.oneof(
    { weight: 3, arbitrary: ofKeys },
    { weight: 4, arbitrary: idempotent },
    { weight: 3, arbitrary: byHash },
  )
}

function post(kind: string, request: unknown, headers: readonly Header[]): FuzzRequest {
  return fuzzRequest({
    kind,
    target: 'api',
    method: 'POST',
    path: '/graphql',
    headers: [JSON_TYPE, ...headers],
    body: JSON.stringify(request),
  })
}
