/** What an example may put into its variables, of what was answered to the ones before. */
export interface Seen {
  sessionId: string | null
  endCursor: string | null
}

export interface Example {
  title: string
  /** What there is to see in it. */
  about: string
  document: string
  variables?: (seen: Seen) => Record<string, unknown>
}

/** Stands for an id until there is one: it reads as what to put there, and the API answers that there is no such session. */
const NO_SESSION = 'session_start_one_first'

/** One for each use, in the order in which somebody new would try them. Each runs as it stands. */
export const examples: readonly Example[] = [
  {
    title: 'Who am I',
    about: 'Null when nobody is signed in and no key is given.',
    document: `query WhoAmI {
  me {
    id
    name
    email
  }
}`,
  },
  {
    title: 'Start a session',
    about:
      'A person has one live session at most. Sent again with the same clientSessionId, it starts no second one.',
    document: `mutation StartSession($input: StartSessionInput!) {
  startSession(input: $input) {
    session {
      id
      status
      startedAt
      expiresAt
    }
    alreadyLive
    userErrors {
      code
      message
      path
    }
  }
}`,
    variables: () => ({ input: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } }),
  },
  {
    title: 'Keep it alive',
    about: 'A live session lapses an hour after its last beat. Send one every minute.',
    document: `mutation KeepAlive($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session {
      status
      expiresAt
    }
    serverTime
    userErrors {
      code
      message
    }
  }
}`,
    variables: ({ sessionId }) => ({ input: { id: sessionId ?? NO_SESSION } }),
  },
  {
    title: 'End it',
    about: 'Ending it twice answers the same both times.',
    document: `mutation EndSession($input: EndSessionInput!) {
  endSession(input: $input) {
    session {
      id
      status
      endedAt
      durationSeconds
    }
    userErrors {
      code
      message
    }
  }
}`,
    variables: ({ sessionId }) => ({ input: { id: sessionId ?? NO_SESSION } }),
  },
  {
    title: 'Page through the history',
    about: 'Run it, and choose it again: it goes on after the page before.',
    document: `query History($first: Int!, $after: String) {
  me {
    sessions(first: $first, after: $after) {
      nodes {
        id
        status
        startedAt
        durationSeconds
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}`,
    variables: ({ endCursor }) => ({ first: 5, after: endCursor }),
  },
  {
    title: 'What a person can put right',
    about: 'Comes in userErrors, beside the data, with a code and the path of the field.',
    document: `mutation EndUnknown($input: EndSessionInput!) {
  endSession(input: $input) {
    session {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}`,
    variables: () => ({ input: { id: 'session_of_nobody' } }),
  },
  {
    title: 'What a program did wrong',
    about: 'Comes in errors, with a code, and the id under which we logged it.',
    document: `query TooMany {
  me {
    sessions(first: 1000) {
      nodes {
        id
      }
    }
  }
}`,
  },
  {
    title: 'What is left of my limit',
    about: 'Every answer says the same in its extensions and headers.',
    document: `query Limit {
  rateLimit {
    limit
    cost
    remaining
    resetAt
  }
}`,
  },
]
