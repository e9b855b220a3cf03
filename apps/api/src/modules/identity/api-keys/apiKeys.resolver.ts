import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import { ApiKeyType } from './apiKey.type.ts'
import { CreateApiKeyInput, createApiKeyInput, RevokeApiKeyInput } from './apiKeys.input.ts'
import { CreateApiKeyPayload, RevokeApiKeyPayload } from './apiKeys.type.ts'

@Resolver()
export class ApiKeysResolver {
  @ForKeys('NONE')
  @NeedsRecentProof()
  @Mutation(() => CreateApiKeyPayload, {
    description:
      'Makes a key that acts for the viewer, within its scopes, until it expires or is revoked. Needs a recent proof of identity.',
  })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'What the key is for.' }) input: CreateApiKeyInput,
    @Ctx() context: IdentityContext,
  ): Promise<CreateApiKeyPayload> {
    const { em, client, requestId, identity } = context
    const viewer = requireLogin(context)
    return withUserErrors<Omit<CreateApiKeyPayload, 'userErrors'>>(
      { apiKey: null, secret: null },
      async () => {
        const wish = parseInput(createApiKeyInput, input)
        const { apiKey, secret } = await identity.apiKeys.create(em, { ...wish, viewer, client, requestId })
        return { apiKey: ApiKeyType.from(apiKey), secret }
      },
    )
  }

  @ForKeys('NONE')
  @Mutation(() => RevokeApiKeyPayload, {
    description: 'Revokes a key of the viewer: no request that begins after the answer is let in by it.',
  })
  revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'Which one.' }) { id }: RevokeApiKeyInput,
    @Ctx() context: IdentityContext,
  ): Promise<RevokeApiKeyPayload> {
    const { em, client, requestId, identity } = context
    const viewer = requireLogin(context)
    return withUserErrors({}, async () => {
      await identity.apiKeys.revoke(em, id, { viewer, client, requestId })
      return {}
    })
  }
}
