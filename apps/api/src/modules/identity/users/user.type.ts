import { publicId } from '@wellness/domain/publicId'
import { Field, ID, ObjectType } from 'type-graphql'
import { NodeType } from '../../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { EmailAddressScalar } from '../../../platform/graphql/scalars/emailAddress.scalar.ts'
import type { PlainUser } from './userRow.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ObjectType('User', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A person with an account here. One sees only oneself.',
})
export class UserType extends NodeType {
  @ForKeys('PROFILE_READ')
  @Field(() => ID, { description: 'Opaque, e.g. user_01k….' })
  declare id: string

  @ForKeys('PROFILE_READ')
  @Field(() => EmailAddressScalar, {
    description: 'Where mail reaches the person; also what they sign in with.',
  })
  email!: string

  @ForKeys('NONE')
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the address was shown to be theirs.' })
  emailVerifiedAt!: Date | null

  @ForKeys('PROFILE_READ')
  @Field(() => String, { nullable: true, description: 'What the person wants to be called.' })
  name!: string | null

  @ForKeys('PROFILE_READ')
  @Field(() => String, {
    nullable: true,
    description: 'Address of a picture, as a linked sign-in provider gave it.',
  })
  image!: string | null

  @ForKeys('NONE')
  @Field(() => DateTimeScalar, { description: 'When the person signed up.' })
  createdAt!: Date

  @ForKeys('NONE')
  @Field(() => DateTimeScalar, { description: 'When the profile last changed.' })
  updatedAt!: Date

  /** The row's own id, for the fields that other modules add. */
  uuid!: string

  static from(user: PlainUser): UserType {
    return { ...user, nodeType: 'User', uuid: user.id, id: publicId.from('user', user.id) }
  }
}
