/** A session as the API tells it. */
export interface ToldSession {
  id: string
  status: 'RUNNING' | 'COMPLETED' | 'EXPIRED'
  startedAt: string
  endedAt: string | null
  durationSeconds: number | null
}

interface Payload {
  session: ToldSession | null
  userErrors: { code: string }[]
}

export interface StartAnswer {
  startSession: Payload & { alreadyLive: boolean }
}

export interface BeatAnswer {
  refreshSession: Payload
}

export interface EndAnswer {
  endSession: Payload
}

export interface LiveAnswer {
  me: { liveSession: ToldSession | null }
}

export interface PageAnswer {
  me: { sessions: { nodes: ToldSession[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }
}

export interface SignInAnswer {
  signIn: { token: string | null; userErrors: { code: string }[] }
}

export interface SignUpAnswer {
  requestSignUp: { userErrors: { code: string }[] }
}

export interface CompleteAnswer {
  completeSignUp: { token: string | null; userErrors: { code: string }[] }
}

const SESSION = 'session { id status startedAt endedAt durationSeconds } userErrors { code }'

/** What the load asks of the API. */
export const operations = {
  start: `mutation Start($input: StartSessionInput!) { startSession(input: $input) { alreadyLive ${SESSION} } }`,
  beat: `mutation Beat($input: RefreshSessionInput!) { refreshSession(input: $input) { ${SESSION} } }`,
  end: `mutation End($input: EndSessionInput!) { endSession(input: $input) { ${SESSION} } }`,
  live: 'query Live { me { liveSession { id status startedAt endedAt durationSeconds } } }',
  me: 'query Me { me { id email name } }',
  page: `query Page($after: String) { me { sessions(first: 20, after: $after) {
    nodes { id status startedAt endedAt durationSeconds } pageInfo { hasNextPage endCursor } } } }`,
  signIn: 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { token userErrors { code } } }',
  signOut: 'mutation SignOut { signOut { userErrors { code } } }',
  signUp:
    'mutation SignUp($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }',
  complete:
    'mutation Complete($input: CompleteSignUpInput!) { completeSignUp(input: $input) { token userErrors { code } } }',
}
