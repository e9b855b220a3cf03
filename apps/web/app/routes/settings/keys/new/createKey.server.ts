import { CreateApiKeyDocument } from '@wellness/api-client/operations'
import { apiKeyName } from '@wellness/domain/apiKeyName'
import { scopes } from '@wellness/domain/scope'
import type { Scope } from '@wellness/domain/scope'
import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { doneNews } from '../../../../.server/doneNews.ts'
import { FormRefusal } from '../../../../.server/formRefusal.ts'
import { defineSensitiveAct } from '../../../../.server/sensitiveAct.ts'
import { newKeySecret } from '../newKeySecret.server.ts'
import { expiries } from './expiries.ts'
import type { Expiry } from './expiries.ts'

const NO_SCOPE = 'Choose at least one thing the key may do.'
/** Several boxes of one name, as submitForm hands them over: with a comma between. */
const scopeList = z
  .string(NO_SCOPE)
  .refine((text) => text.split(',').every((scope) => Object.hasOwn(scopes, scope)), NO_SCOPE)
const expiry = z.enum(Object.keys(expiries) as [Expiry, ...Expiry[]], 'Choose when the key expires.')

/** Makes an API key, right after the proof if there was none, and leads to the page that shows it once. */
export const createKey = defineSensitiveAct({
  path: '/settings/keys/new',
  // Each form makes one key, however often it is sent: without a script, two clicks send it twice.
  fields: { name: apiKeyName, scopes: scopeList, expiry, clientKeyId: z.uuid() },
  hidden: ['clientKeyId'],
  describe: ({ name }) => `An API key called “${name}” will be created.`,
  async perform(args, api, { name, scopes, expiry, clientKeyId }) {
    const { days: expiresInDays } = expiries[expiry]
    const input = { name, scopes: scopes.split(',') as Scope[], expiresInDays, clientKeyId }
    const { createApiKey } = await api.request(CreateApiKeyDocument, { input })
    // To where the first one led: the browser may have got the key by then, and shows it there.
    if (createApiKey.userErrors.some(({ code }) => code === 'CONFLICT'))
      return doneNews.redirect('/settings/keys/made', 'key-made-before', args)
    FormRefusal.throwIfAny(createApiKey.userErrors)
    const { apiKey, secret } = createApiKey
    if (!apiKey || !secret) throw new Error('The API answered neither a key nor an error')
    return redirect('/settings/keys/made', {
      headers: [newKeySecret.carry({ keyId: apiKey.id, secret }, args)],
    })
  },
})
