import fc from 'fast-check'
import type { GraphQLSchema } from 'graphql'
import { type FuzzRequest, fuzzRequest } from './fuzzRequest.ts'
import { graphqlCases, type GraphqlKind } from './graphqlCases.ts'
import { type GraphqlCase } from './graphqlDocuments.ts'
import { hostileText } from './hostileText.ts'
import { asWebApp } from './asWebApp.ts'
import { clientHeaders } from './clientHeaders.ts'
import { headerCases } from './headerCases.ts'
import { partnerCases } from './partnerCases.ts'
import { pathCases } from './pathCases.ts'
import { rawCases } from './rawCases.ts'
import { tamperedBody } from './tamperedBody.ts'
import { placeholders } from './placeholders.ts'

const JSON_TYPE = ['content-type', 'application/json'] as const
const bearer = ['authorization', `Bearer ${placeholders.ownToken}`] as const

const weights: Record<GraphqlKind, number> = {
  valid: 30,
  'token off': 16,
  'variable off': 16,
  'beyond limits': 5,
  broken: 5,
}

/** Everything that is sent to the API. */
export function apiRequests(
  schema: GraphQLSchema,
  trusted: Readonly<Record<string, string>>,
): fc.Arbitrary<FuzzRequest> {
  const cases = graphqlCases(schema)
  const asPosts = Object.entries(weights).map(([kind, weight]) => ({
    weight,
    arbitrary: fc
      .tuple(cases[kind as GraphqlKind], fc.integer({ min: 0, max: 9 }), clientHeaders)
      .map(([graphql, caller, client]) =>
        fuzzRequest({
          kind: `document ${kind}`,
          target: 'api',
          method: 'POST',
          path: '/graphql',
          headers: [JSON_TYPE, ...(caller > 0 ? [bearer] : []), ...client],
          body: JSON.stringify(graphql),
        }),
      ),
  }))
  const post = cases.valid.map((graphql) =>
    fuzzRequest({
      kind: 'document valid',
      target: 'api',
      method: 'POST',
      path: '/graphql',
      headers: [JSON_TYPE, bearer],
      body: JSON.stringify(graphql),
    }),
  )
  return fc.oneof(
    ...asPosts,
    { weight: 4, arbitrary: cases.valid.chain(byAddress) },
    { weight: 5, arbitrary: fc.tuple(cases.valid, odderEnvelope).map(([graphql, wrap]) => wrap(graphql)) },
    { weight: 8, arbitrary: tamperedBody(post) },
    { weight: 8, arbitrary: headerCases(post) },
    { weight: 3, arbitrary: asWebApp(post) },
    { weight: 5, arbitrary: pathCases('api', post) },
    { weight: 4, arbitrary: rawCases('api', '/graphql') },
    { weight: 2, arbitrary: copies },
    { weight: 24, arbitrary: partnerCases(schema, cases.valid, trusted) },
  )
}

/** A copy of everything about a person. */
const copies = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'DELETE'),
    fc.constantFrom('', '', '', '?', `?userId=${placeholders.otherUser}`, '/', '.gz'),
    fc.constantFrom(
      bearer,
      bearer,
      bearer,
      ['authorization', `Bearer ${placeholders.endedToken}`] as const,
      null,
    ),
    clientHeaders,
  )
  .map(([method, end, credential, client]) =>
    fuzzRequest({
      kind: 'copy of the data',
      target: 'api',
      method,
      path: `/export/account.json${end}`,
      headers: [...(credential === null ? [] : [credential]), ...client],
    }),
  )

/** A query in the address. */
function byAddress({ query, variables }: GraphqlCase): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT'),
      fc.boolean(),
      fc.constantFrom(
        '',
        '&query=x',
        '&__proto__=1',
        '&variables=[',
        '&variables=null',
        '&operationName=',
        '&%E0%A4%A=1',
      ),
    )
    .map(([method, hasPreflight, more]) =>
      fuzzRequest({
        kind: 'document in the address',
        target: 'api',
        method,
        path: `/graphql?${new URLSearchParams({ query: query.toWellFormed(), variables: JSON.stringify(variables) })}${more}`,
        headers: [bearer, ...(hasPreflight ? [['apollo-require-preflight', '1'] as const] : [])],
      }),
    )
}

/** What is around the document in the body. */
const odderEnvelope: fc.Arbitrary<(graphql: GraphqlCase) => FuzzRequest> = fc
  .tuple(
    fc.constantFrom<((graphql: GraphqlCase, text: string) => unknown)[]>(
      (graphql) => [graphql],
      (graphql) => Array.from({ length: 10 }, () => graphql),
      ({ query }) => ({ query, variables: '{}' }),
      ({ query }) => ({ query, variables: [] }),
      ({ query, variables }) => ({ query: { query }, variables }),
      ({ query, variables }) => ({ query: [query], variables }),
      (graphql, text) => ({ ...graphql, operationName: text }),
      (graphql, text) => ({ ...graphql, operationName: { name: text } }),
      (graphql) => ({ ...graphql, operationName: 'x'.repeat(90_000) }),
      (graphql, text) => ({ ...graphql, extensions: { persistedQuery: { version: 1, sha256Hash: text } } }),
      (_graphql, text) => ({
        id: text,
        documentId: text,
        extensions: { persistedQuery: { version: 1, sha256Hash: text } },
      }),
      (graphql, text) => ({ ...graphql, [text]: text, constructor: null }),
      (_graphql, text) => text,
      () => null,
      () => 0,
      () => ({}),
      (graphql) => ({ query: '', ...{ variables: graphql.variables } }),
    ),
    hostileText,
  )
  .map(
    ([wrap, text]) =>
      (graphql: GraphqlCase) =>
        fuzzRequest({
          kind: 'envelope',
          target: 'api',
          method: 'POST',
          path: '/graphql',
          headers: [JSON_TYPE, bearer],
          body: JSON.stringify(wrap(graphql, text)),
        }),
  )
