import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { byLogin } from '../logins/byLogin.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import {
  ConfirmEmailChangeInput,
  confirmEmailChangeInput,
  RequestEmailChangeInput,
  requestEmailChangeInput,
} from './emailChange.input.ts'
import { ConfirmEmailChangePayload, RequestEmailChangePayload } from './emailChange.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class EmailChangeResolver {
  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => RequestEmailChangePayload, {
    description:
      'Sends a link to the new address and a notice to the old one; nothing changes until the link is used. Needs a recent proof. The answer never tells whether the address has a user.',
  })
  requestEmailChange(
    @Arg('input', () => RequestEmailChangeInput, { description: 'Which address is wanted.' })
    input: RequestEmailChangeInput,
    @Ctx() context: IdentityContext,
  ): Promise<RequestEmailChangePayload> {
    const { em, client, requestId, identity } = context
    return withUserErrors({}, async () => {
      const viewer = requireLogin(context)
      const { newEmail } = parseInput(requestEmailChangeInput, input)
      await identity.emailChange.request(em, { newEmail, viewer, client, requestId })
      return {}
    })
  }

  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => ConfirmEmailChangePayload, {
    description:
      'Changes the address with the token of the link. Needs no login: made without one it ends every login of the user. Made with one of the user it ends the others; made with one of another user it is refused with INVALID_TOKEN, and the link stays good.',
  })
  confirmEmailChange(
    @Arg('input', () => ConfirmEmailChangeInput, { description: "The link's token." })
    input: ConfirmEmailChangeInput,
    @Ctx() { em, client, requestId, viewer, identity }: IdentityContext,
  ): Promise<ConfirmEmailChangePayload> {
    return withUserErrors<Omit<ConfirmEmailChangePayload, 'userErrors'>>({ deviceToken: null }, async () => {
      const { token } = parseInput(confirmEmailChangeInput, input)
      return identity.emailChange.confirm(em, { token, viewer: byLogin(viewer), client, requestId })
    })
  }
}
