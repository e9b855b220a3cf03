export interface RequestOptions {
  token?: string | null
  headers?: Record<string, string>
}

/** What an answer says of its cost. */
export interface AnswerCost {
  requested: number
  used: number
  limit: number
  remaining: number
  resetAt: string
}

export interface GraphQLAnswer<Data> {
  status: number
  headers: Headers
  data: Data
  extensions: { cost: AnswerCost }
  errors?: {
    message: string
    path?: (string | number)[]
    extensions: Record<string, unknown> & { code: string }
  }[]
}

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
  const body = (await response.json()) as Pick<GraphQLAnswer<Data>, 'data' | 'errors' | 'extensions'>
  return { status: response.status, headers: response.headers, ...body }
}
