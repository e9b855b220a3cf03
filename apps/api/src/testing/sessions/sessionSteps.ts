import { MINUTE, SECOND } from '@wellness/domain/time'
import fc from 'fast-check'
import type { Fault } from './faultPoints.ts'

/** What a caller or a worker does in one of the processes. `session` picks among the user's, newest first. */
export type Act =
  | { do: 'start'; user: number; clientSessionId: number | null; timeZone: string }
  | { do: 'refresh' | 'end' | 'read'; user: number; session: number }
  | { do: 'readLive'; user: number }
  | { do: 'sweep' }
  | { do: 'checkpoint' }

/** What became of the beats in Redis: all are gone, the last never came, it fell back behind the record, or is away. */
export type Trouble = 'emptied' | 'wasAway' | 'wasAwayTwice' | 'fellBack' | 'isAway'

export type RacingAct = 'start' | 'refresh' | 'end' | 'readLive' | 'sweep' | 'checkpoint'

/** What happens. */
export type Step =
  | { kind: 'act'; process: number; act: Act; fault: Fault | null }
  | { kind: 'together'; acts: { process: number; act: Act }[] }
  | {
      kind: 'race'
      user: number
      trouble: Trouble | null
      gapMs: number
      deadline: Deadline | null
      offMs: number
      process: number
      acts: { process: number; do: RacingAct }[]
    }
  | { kind: 'timePasses'; milliseconds: number }
  | { kind: 'deadlineComes'; user: number; deadline: Deadline; offMs: number; process: number }
  | { kind: 'practises'; user: number; process: number; beats: number; everyMs: number }
  | { kind: 'redisEmptied' }
  | { kind: 'redisAway' }
  | { kind: 'redisBack' }
  | { kind: 'orphansAppear'; user: number }

/** When something changes for a live session unless its user beats. */
export type Deadline = 'staleRecord' | 'lapse' | 'lapseWithGrace' | 'cap'

function sometimes<Value>(share: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  const weight = Math.round(share * 6)
  return fc.oneof({ weight, arbitrary }, { weight: 6 - weight, arbitrary: fc.constant(null) })
}

const user = fc.integer({ min: 0, max: 1 })
const process = fc.integer({ min: 0, max: 1 })
// Mostly the newest: the others are over.
const session = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 3 }))

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      user,
      clientSessionId: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
      timeZone: fc.constantFrom('UTC', 'UTC', 'Europe/Stockholm'),
    }),
  },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('refresh' as const), user, session }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), user, session }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), user, session }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('readLive' as const), user }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'sweep' } as const, { do: 'checkpoint' } as const) },
)

const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('die' as const, 'die' as const, 'redisFails' as const),
  step: fc.integer({ min: 0, max: 9 }),
  when: fc.constantFrom('before' as const, 'after' as const),
})

const deadline = fc.constantFrom<Deadline[]>('staleRecord', 'lapse', 'lapseWithGrace', 'cap')
const offMs = fc.oneof(
  fc.constantFrom(-1, 0, 1),
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.integer({ min: -2 * MINUTE, max: 0 }),
)

/** Around the lengths at which something changes as often as anywhere else. */
const milliseconds = fc.oneof(
  fc.integer({ min: 1, max: 2 * SECOND }),
  fc.integer({ min: 1, max: 90 * SECOND }),
  fc.integer({ min: MINUTE, max: 20 * MINUTE }),
  fc
    .record({
      minutes: fc.constantFrom(1, 9, 10, 58, 59, 60, 61, 62, 119, 120, 178, 179, 180, 181),
      off: fc.constantFrom(-MINUTE / 2, -1_000, -1, 0, 1, 1_000, MINUTE / 2),
    })
    .map(({ minutes, off }) => minutes * MINUTE + off),
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      process,
      act,
      fault: sometimes(1 / 3, fault),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('together' as const),
      acts: fc.array(fc.record({ process, act }), { minLength: 2, maxLength: 3 }),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      user,
      trouble: sometimes(
        1 / 2,
        fc.constantFrom<Trouble[]>('emptied', 'wasAway', 'wasAwayTwice', 'fellBack', 'isAway'),
      ),
      gapMs: fc.integer({ min: 1, max: 2 * MINUTE }),
      deadline: sometimes(2 / 3, deadline),
      offMs,
      process,
      acts: fc.array(
        fc.record({
          process,
          do: fc.constantFrom('start', 'refresh', 'refresh', 'end', 'end', 'readLive', 'sweep', 'checkpoint'),
        }),
        { minLength: 2, maxLength: 3 },
      ),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('timePasses' as const), milliseconds }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('deadlineComes' as const),
      user,
      deadline,
      offMs,
      process,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('practises' as const),
      user,
      process,
      beats: fc.integer({ min: 1, max: 4 }),
      everyMs: fc.constantFrom(20 * SECOND, MINUTE, 2 * MINUTE - 1, 2 * MINUTE + 1, 44 * MINUTE, 59 * MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'redisEmptied' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'redisAway' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'redisBack' } as const) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('orphansAppear' as const), user }) },
)
