import type { SessionState, Sight } from './actor.ts'

const QUERY = `query Look($first: Int!) { me { id name sessions(first: $first) { pageInfo { endCursor } nodes {
  id startedAt endedAt durationSeconds status timeZone } } } }`

const TIMEOUT_MS = 15_000

interface LookAnswer {
  data?: {
    me: {
      id: string
      name: string | null
      sessions: { pageInfo: { endCursor: string | null }; nodes: Omit<SessionState, 'clientSessionId'>[] }
    } | null
  }
}

/** What the holder of a token sees of themselves: the newest sessions, as many as asked for. */
export async function lookAt(apiUrl: string, token: string, first: number): Promise<Sight> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    body: JSON.stringify({ query: QUERY, variables: { first } }),
  })
  const { data } = (await response.json()) as LookAnswer
  if (!data?.me)
    throw new Error(`The API does not show the person whom a token stands for: ${response.status}`)
  const { id, name, sessions } = data.me
  return {
    id,
    name,
    sessions: sessions.nodes.map((node) => ({ ...node, clientSessionId: null })),
    cursor: sessions.pageInfo.endCursor ?? '',
  }
}
