import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { VerifySecondFactorInput, verifySecondFactorInput } from './verifySecondFactor.input.ts'
import { VerifySecondFactorPayload } from './verifySecondFactor.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class VerifySecondFactorResolver {
  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => VerifySecondFactorPayload, {
    description:
      'Finishes a sign-in that was answered with SECOND_FACTOR_REQUIRED. No sign-in is yet: every ticket is INVALID_TOKEN.',
  })
  verifySecondFactor(
    @Arg('input', () => VerifySecondFactorInput, { description: 'The second step of a sign-in.' })
    input: VerifySecondFactorInput,
    @Ctx() { client, identity }: IdentityContext,
  ): Promise<VerifySecondFactorPayload> {
    return withUserErrors<Omit<VerifySecondFactorPayload, 'userErrors'>>(
      { user: null, token: null, expiresAt: null },
      async () => {
        parseInput(verifySecondFactorInput, input)
        // A try like any other, although nobody can have a ticket: it costs, and tells, the same as it will.
        await identity.throttles.admitTicket(client.ipAddress)
        throw unknownTicket()
      },
    )
  }
}

function unknownTicket(): UserProblem {
  return new UserProblem({
    code: 'INVALID_TOKEN',
    message: 'This sign-in was not begun, or began too long ago. Sign in again.',
    path: ['ticket'],
  })
}
