import { ObjectType } from 'type-graphql'
import { NewLoginPayload } from '../logins/newLoginPayload.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('VerifySecondFactorPayload', {
  simpleResolvers: true,
  description: 'A new login, or why there is none.',
})
export class VerifySecondFactorPayload extends NewLoginPayload {}
