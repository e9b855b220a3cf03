import { emailAddress } from '@wellness/domain/emailAddress'
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { parseInput } from '../../platform/graphql/parseInput.ts'
import { UserErrorType } from '../../platform/graphql/userError.type.ts'
import { withUserErrors } from '../../platform/graphql/withUserErrors.ts'
import { requireLogin } from '../identity/logins/requireLogin.ts'
import { NeedsRecentProof } from '../identity/recent-proof/needsRecentProof.ts'
import type { UserDataContext } from './userData.context.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@InputType({ description: 'The user’s own e-mail address, typed again.' })
class DeleteUserInput {
  @Field(() => String, { description: 'In any spelling; another address deletes nothing.' })
  email!: string
}

@ForKeys('NONE')
@ObjectType({ simpleResolvers: true, description: 'That the user is gone, or why not.' })
class DeleteUserPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

const deleteUserInput = z.object({ email: emailAddress })

@Resolver()
export class DeleteUserResolver {
  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => DeleteUserPayload, {
    description:
      'Deletes the user and all that is kept about them, in Postgres and in Redis. Cannot be undone. Needs a recent proof.',
  })
  deleteUser(
    @Arg('input', () => DeleteUserInput, { description: 'That it is meant.' }) input: DeleteUserInput,
    @Ctx() context: UserDataContext,
  ): Promise<DeleteUserPayload> {
    const { em, requestId, logger, userDeletion } = context
    const viewer = requireLogin(context)
    return withUserErrors({}, async () => {
      const { email } = parseInput(deleteUserInput, input)
      await userDeletion.delete(em, { viewer, email, requestId, logger })
      return {}
    })
  }
}
