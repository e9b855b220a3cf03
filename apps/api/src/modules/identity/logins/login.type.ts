import { publicId } from '@wellness/domain/publicId'
import { Field, ID, ObjectType } from 'type-graphql'
import { NodeType } from '../../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { deviceName } from '../devices/deviceName.ts'
import { LOGIN_IDLE_MS } from './login.repository.ts'
import type { PlainLogin } from './loginList.ts'
import type { LoginViewer } from './viewer.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('Login', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Being signed in on a device. One sees only one’s own.',
})
export class LoginType extends NodeType {
  @Field(() => ID, { description: 'Opaque, e.g. login_01k…. It signs nobody in.' })
  declare id: string

  @Field(() => Boolean, { description: 'True for the login that this request was made with.' })
  current!: boolean

  @Field(() => DateTimeScalar, { description: 'When the person signed in.' })
  createdAt!: Date

  @Field(() => DateTimeScalar, { description: 'When it was last used, to within five minutes.' })
  lastSeenAt!: Date

  @Field(() => DateTimeScalar, { description: 'When it ends if it is not used again.' })
  idleExpiresAt!: Date

  @Field(() => DateTimeScalar, { description: 'When it ends at the latest.' })
  expiresAt!: Date

  @Field(() => String, {
    nullable: true,
    description: 'Browser and system, as a person would name them; null when unknown.',
  })
  device!: string | null

  @Field(() => String, { nullable: true, description: 'The network address that the person signed in from.' })
  ipAddress!: string | null

  static from(
    { id, createdAt, lastSeenAt, expiresAt, userAgent, ipAddress }: PlainLogin,
    viewer: LoginViewer,
  ): LoginType {
    const idleAt = new Date(lastSeenAt.getTime() + LOGIN_IDLE_MS)
    return {
      nodeType: 'Login',
      id: publicId.from('login', id),
      current: id === viewer.credential.id,
      createdAt,
      lastSeenAt,
      idleExpiresAt: idleAt < expiresAt ? idleAt : expiresAt,
      expiresAt,
      device: deviceName(userAgent),
      ipAddress,
    }
  }
}
