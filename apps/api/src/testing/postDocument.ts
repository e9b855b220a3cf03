import type { GraphQLAnswer, RequestOptions } from './createTestApi.ts'

/** Posts a document to an API as a client would. */
export async function postDocument<Data>(
  url: string,
  { query, variables }: { query: string; variables: Record<string, unknown> },
  { token, headers }: RequestOptions,
): Promise<GraphQLAnswer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  const body = (await response.json()) as Pick<GraphQLAnswer<Data>, 'data' | 'errors'>
  return { status: response.status, headers: response.headers, ...body }
}
