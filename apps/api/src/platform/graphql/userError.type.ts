import { userErrorCodes } from '@wellness/domain/userErrorCode'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ForKeys } from './key-access/forKeys.ts'

const UserErrorCodeEnum = Object.fromEntries(Object.keys(userErrorCodes).map((code) => [code, code]))

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'What kind of thing the caller can put right.',
  valuesConfig: Object.fromEntries(
    Object.entries(userErrorCodes).map(([code, description]) => [code, { description }]),
  ),
})

@ObjectType('UserError', {
  simpleResolvers: true,
  description:
    'Something the caller can put right. An empty userErrors list means that the mutation did what it says.',
})
export class UserErrorType {
  @ForKeys('ANY')
  @Field(() => UserErrorCodeEnum, { description: 'The kind, for programs.' })
  code!: string

  @ForKeys('ANY')
  @Field(() => String, { description: 'One sentence for a person.' })
  message!: string

  @ForKeys('ANY')
  @Field(() => [String], {
    nullable: true,
    description: 'Which input field, from the input object down; null when it is no single field.',
  })
  path?: string[] | null

  @ForKeys('ANY')
  @Field(() => Int, { nullable: true, description: 'With TOO_MANY_ATTEMPTS: how long to wait, in seconds.' })
  retryAfterSeconds?: number | null
}
