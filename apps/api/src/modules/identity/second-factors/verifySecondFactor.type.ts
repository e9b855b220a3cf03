import { ObjectType } from 'type-graphql'
import { NewLoginPayload } from '../logins/newLoginPayload.type.ts'

@ObjectType('VerifySecondFactorPayload', {
  simpleResolvers: true,
  description: 'A new login, or why there is none.',
})
export class VerifySecondFactorPayload extends NewLoginPayload {}
