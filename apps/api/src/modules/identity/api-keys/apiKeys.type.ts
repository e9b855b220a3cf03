import { Field, ObjectType } from 'type-graphql'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ApiKeyType } from './apiKey.type.ts'

@ForKeys('NONE')
@ObjectType('CreateApiKeyPayload', { simpleResolvers: true, description: 'A new key, or why there is none.' })
export class CreateApiKeyPayload {
  @Field(() => ApiKeyType, { nullable: true, description: 'The key as it is listed.' })
  apiKey!: ApiKeyType | null

  @Field(() => String, {
    nullable: true,
    description: 'The key itself: send it as `Authorization: Bearer …`. It is shown here and never again.',
  })
  secret!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ForKeys('NONE')
@ObjectType('RevokeApiKeyPayload', {
  simpleResolvers: true,
  description: 'That the key was revoked, or why it was not.',
})
export class RevokeApiKeyPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
