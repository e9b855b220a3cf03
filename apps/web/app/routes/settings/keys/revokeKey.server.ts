import { RevokeApiKeyDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loginCookie } from '../../../.server/loginCookie.ts'
import { requireOwner } from '../../../.server/requireOwner.ts'
import { submitForm } from '../../../.server/submitForm.ts'

const PATH = '/settings/keys'
const schema = z.object({ keyId: z.string().max(64), userId: z.string().max(64) })

/** Needs no proof of identity: whoever fears for a key must not be held up. */
export function revokeKey(args: RouteArgs) {
  const api = apiFor(args, loginCookie.find(args.request, args.context.config))
  return submitForm(args, {
    schema,
    hidden: ['keyId', 'userId'],
    async work({ keyId, userId }) {
      await requireOwner(args, api, userId)
      const { revokeApiKey } = await api.request(RevokeApiKeyDocument, { input: { id: keyId } })
      // One that is gone already is what was wanted.
      FormRefusal.throwIfAny(revokeApiKey.userErrors.filter(({ code }) => code !== 'NOT_FOUND'))
      return doneNews.redirect(PATH, 'key-revoked', args, keptForm.forget(args))
    },
    keep: ({ userId = '', keyId = '' }) => keptForm.keep({ userId, path: PATH, values: { keyId } }, args),
  })
}
