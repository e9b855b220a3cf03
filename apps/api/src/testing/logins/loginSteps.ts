import { DAY, MINUTE } from '@wellness/domain/time'
import fc from 'fast-check'
import type { HoldingPoint } from '../postgresLine.ts'

/** Which of the tokens that were ever answered: counted from the newest, among those that may still be good or among all. */
export interface TokenPick {
  back: number
  isAnyAge: boolean
}

/** What the person, or somebody with their password or one of their tokens, asks for. */
export type Act =
  | { do: 'signIn'; by: TokenPick | null; isPasswordOld: boolean }
  | { do: 'use' | 'confirmIdentity' | 'changePassword' | 'signOut' | 'deleteUser'; by: TokenPick }
  | { do: 'revokeOtherLogins' | 'revokeAllLogins'; by: TokenPick; revokeApiKeys: boolean }
  | { do: 'createApiKey'; by: TokenPick }
  /** Counted back from the newest key. */
  | { do: 'revokeApiKey'; by: TokenPick; back: number }
  | { do: 'revokeLogin'; by: TokenPick; target: TokenPick }
  | { do: 'resetPassword'; link: number }
  | { do: 'confirmEmailChange'; by: TokenPick | null; link: number }
  | { do: 'reportNotMe'; link: number }
  | { do: 'unlinkAccount'; by: TokenPick; account: number }

interface Race {
  kind: 'race'
  process: number
  act: Act
  point: HoldingPoint
  meanwhile: Act[]
  isCutOff: boolean
  /** Whether the others come with the very token of the act that waits. */
  isOneToken: boolean
}

/** What happens. A race is an act that waits at a point while others are done, and is then let go, or cut off. */
export type Step =
  | { kind: 'act'; process: number; act: Act }
  | { kind: 'together'; acts: { process: number; act: Act }[] }
  | Race
  | { kind: 'askForReset'; process: number }
  | { kind: 'askForEmailChange'; process: number; by: TokenPick }
  | { kind: 'restart'; process: number }
  | { kind: 'timePasses'; milliseconds: number }
  | { kind: 'redisEmptied' | 'redisAway' | 'redisBack' }

/** How many accounts of a sign-in provider everybody has in the beginning. */
export const ACCOUNTS = 3

const process = fc.integer({ min: 0, max: 1 })
// Mostly the newest: using one voids the others.
const link = fc.constantFrom(0, 0, 0, 1)
const by: fc.Arbitrary<TokenPick> = fc.record({
  back: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1) }, fc.integer({ min: 0, max: 6 })),
  isAnyAge: fc.constantFrom(false, false, false, false, true),
})
const byOrNobody = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, by)

const signIn = fc.record({
  do: fc.constant('signIn' as const),
  by: byOrNobody,
  isPasswordOld: fc.constantFrom(false, false, false, true),
})
const ending: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('revokeOtherLogins' as const, 'revokeAllLogins' as const),
      by,
      revokeApiKeys: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revokeLogin' as const), by, target: by }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('changePassword' as const), by }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resetPassword' as const), link }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('confirmEmailChange' as const), by: byOrNobody, link }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('revokeApiKey' as const), by, back: fc.constantFrom(0, 0, 1, 2) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reportNotMe' as const), link }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('unlinkAccount' as const),
      by,
      account: fc.integer({ min: 0, max: ACCOUNTS - 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('signOut' as const, 'deleteUser' as const), by }) },
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: signIn },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('use' as const, 'confirmIdentity' as const), by }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('createApiKey' as const), by }) },
  { weight: 5, arbitrary: ending },
)

const point: fc.Arbitrary<HoldingPoint> = fc.record({
  request: fc.integer({ min: 0, max: 8 }),
  side: fc.constantFrom('before' as const, 'after' as const),
})
/** What gives a login another token. */
const renewal: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('confirmIdentity' as const, 'confirmIdentity' as const, 'changePassword' as const),
  by,
})

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('act' as const), process, act }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('together' as const),
      acts: fc.array(fc.record({ process, act }), { minLength: 2, maxLength: 4 }),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      process,
      act,
      point,
      meanwhile: fc.array(fc.oneof({ weight: 3, arbitrary: ending }, act), { minLength: 1, maxLength: 3 }),
      isCutOff: fc.constantFrom(false, false, false, false, false, true),
      isOneToken: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      process,
      act: renewal,
      point,
      meanwhile: fc.array(renewal, { minLength: 1, maxLength: 2 }),
      isCutOff: fc.constant(false),
      isOneToken: fc.constant(true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('askForReset' as const), process }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('askForEmailChange' as const), process, by }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), process }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('timePasses' as const),
      milliseconds: fc.constantFrom(MINUTE, 6 * MINUTE, DAY, 13 * DAY, 15 * DAY),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('redisEmptied' as const, 'redisAway' as const, 'redisBack' as const),
    }),
  },
)
