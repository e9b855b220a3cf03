import { inject } from 'vitest'

/** Asks the API as a script of its user's does. */
export async function askWithKey(
  key: string,
  query = '{ me { name } }',
): Promise<{ status: number; data: unknown; code: unknown }> {
  const response = await fetch(`${inject('product').apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  })
  const answer = (await response.json()) as {
    data?: unknown
    errors?: { extensions?: { code?: unknown } }[]
  }
  return { status: response.status, data: answer.data, code: answer.errors?.[0]?.extensions?.code }
}
