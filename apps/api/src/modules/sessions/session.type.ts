import { publicId } from '@wellness/domain/publicId'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { NodeType } from '../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../platform/graphql/scalars/dateTime.scalar.ts'
import { TimeZoneScalar } from '../../platform/graphql/scalars/timeZone.scalar.ts'
import { UserType } from '../identity/users/user.type.ts'
import type { SessionView } from './session.service.ts'
import type { SessionStatus } from './sessionRow.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

const SessionStatusEnum = { RUNNING: 'RUNNING', COMPLETED: 'COMPLETED', EXPIRED: 'EXPIRED' } as const

registerEnumType(SessionStatusEnum, {
  name: 'SessionStatus',
  description: 'Whether a session is live, and if not, how it ended.',
  valuesConfig: {
    RUNNING: { description: 'Live: it is kept alive by beats.' },
    COMPLETED: { description: 'Ended by its user, or at its planned end.' },
    EXPIRED: { description: 'Left alone until its live state lapsed; it ended at its last beat.' },
  },
})

@ObjectType('Session', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A wellness session: live while its state is kept alive, and a lasting record from the moment it starts.',
})
export class SessionType extends NodeType {
  @ForKeys('SESSIONS_READ')
  @Field(() => ID, { description: 'Opaque, e.g. session_01k….' })
  declare id: string

  @ForKeys('ANY')
  @Field(() => UserType, { description: 'Whose session it is.' })
  user!: UserType

  @ForKeys('SESSIONS_READ')
  @Field(() => SessionStatusEnum, { description: 'Whether it is live, and if not, how it ended.' })
  status!: SessionStatus

  @ForKeys('SESSIONS_READ')
  @Field(() => DateTimeScalar, { description: "When it started, by the server's clock." })
  startedAt!: Date | string

  @ForKeys('SESSIONS_READ')
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while the session is live.' })
  endedAt!: Date | string | null

  @ForKeys('SESSIONS_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'Whole seconds from startedAt to endedAt. Null while the session is live.',
  })
  durationSeconds!: number | null

  @ForKeys('SESSIONS_READ')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the live state lapses unless it is refreshed. Null once the session is over.',
  })
  expiresAt!: Date | null

  @ForKeys('SESSIONS_READ')
  @Field(() => TimeZoneScalar, {
    description: "Where the person was; the session's days are counted in it.",
  })
  timeZone!: string

  static from(session: SessionView, user: UserType): SessionType {
    const { id, status, startedAt, endedAt, durationSeconds, expiresAt, timeZone } = session
    return {
      nodeType: 'Session',
      id: publicId.from('session', id),
      user,
      status,
      startedAt,
      endedAt,
      durationSeconds,
      expiresAt,
      timeZone,
    }
  }
}
