import { UpdateProfileDocument } from '@wellness/api-client/operations'
import { personName } from '@wellness/domain/personName'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loginCookie } from '../../../.server/loginCookie.ts'
import { requireOwner } from '../../../.server/requireOwner.ts'
import { submitForm } from '../../../.server/submitForm.ts'

const PATH = '/settings/profile'
const schema = z.object({ name: personName, userId: z.string().max(64) })

export function postProfile(args: RouteArgs) {
  const api = apiFor(args, loginCookie.find(args.request, args.context.config))
  return submitForm(args, {
    schema,
    hidden: ['userId'],
    async work({ name, userId }) {
      await requireOwner(args, api, userId)
      const { updateProfile } = await api.request(UpdateProfileDocument, { input: { name: name || null } })
      FormRefusal.throwIfAny(updateProfile.userErrors)
      return doneNews.redirect(PATH, 'name-saved', args, keptForm.forget(args))
    },
    keep: ({ userId = '', name = '' }) => keptForm.keep({ userId, path: PATH, values: { name } }, args),
  })
}
