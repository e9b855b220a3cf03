import { apiKeyName } from '@wellness/domain/apiKeyName'
import { API_KEY_DAYS_MAX, API_KEY_NAME_MAX_LENGTH } from '@wellness/domain/limits'
import { type Scope, scopes } from '@wellness/domain/scope'
import { Field, ID, InputType, Int } from 'type-graphql'
import { z } from 'zod'
import { ScopeEnum } from './apiKey.type.ts'

@InputType('CreateApiKeyInput', { description: 'What the key is for.' })
export class CreateApiKeyInput {
  @Field(() => String, {
    description: `To know it again by: 1 to ${API_KEY_NAME_MAX_LENGTH} characters.`,
  })
  name!: string

  @Field(() => [ScopeEnum], {
    description: 'What it may see and do: at least one, and no more than it needs.',
  })
  scopes!: Scope[]

  @Field(() => Int, {
    nullable: true,
    description: `1 to ${API_KEY_DAYS_MAX}; null for a key without an end.`,
  })
  expiresInDays?: number | null

  @Field(() => ID, {
    nullable: true,
    description:
      'A UUID that the client makes for each key. Sent again, it makes no second one as long as the first exists, and is answered with CONFLICT, for the secret is told once; after that key was revoked, it makes a new one.',
  })
  clientKeyId?: string | null
}

@InputType('RevokeApiKeyInput', { description: 'Which key is revoked.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'As User.apiKeys gave it.' })
  id!: string
}

const daysMessage = `A key works for 1 to ${API_KEY_DAYS_MAX} days, or without an end.`

/** What a key needs to be made. */
export const createApiKeyInput = z.object({
  name: apiKeyName,
  scopes: z
    .array(z.enum(Object.keys(scopes) as [Scope, ...Scope[]]))
    .min(1, 'Choose what the key may do.')
    .transform((chosen) => [...new Set(chosen)]),
  expiresInDays: z
    .int(daysMessage)
    .min(1, daysMessage)
    .max(API_KEY_DAYS_MAX, daysMessage)
    .nullish()
    .transform((days) => days ?? null),
  clientKeyId: z
    .guid('A clientKeyId is a UUID.')
    .toLowerCase()
    .nullish()
    .transform((id) => id ?? null),
})
