import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { ReportNotMeInput, reportNotMeInput } from './notMe.input.ts'
import { ReportNotMePayload } from './notMe.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class NotMeResolver {
  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => ReportNotMePayload, {
    description:
      'Says that what a notice told of was somebody else. Ends every login, makes the password useless, gives the account the address back that the notice went to, and sends a reset link there; but where that address has an account of its own by now it stays with that, and no link is sent: resetLinkSent says so.',
  })
  reportNotMe(
    @Arg('input', () => ReportNotMeInput, { description: 'Which notice.' }) input: ReportNotMeInput,
    @Ctx() { em, client, requestId, identity }: IdentityContext,
  ): Promise<ReportNotMePayload> {
    return withUserErrors<Omit<ReportNotMePayload, 'userErrors'>>({ resetLinkSent: null }, async () => {
      const { token } = parseInput(reportNotMeInput, input)
      return identity.notMe.report(em, { token, client, requestId })
    })
  }
}
