import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { ConfirmIdentityDocument } from '@wellness/api-client/operations'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { keepLogin } from '../../../.server/keepLogin.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { KeptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { requireNewLogin } from '../../../.server/newLogin.ts'
import type { NewLogin } from '../../../.server/newLogin.ts'
import { requireLogin } from '../../../.server/requireLogin.ts'
import { requireOwner } from '../../../.server/requireOwner.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { sensitiveActs } from './sensitiveActs.server.ts'

const schema = z.object({ password: z.string().min(1, 'Enter your password.'), act: z.string().max(4_000) })

/** Shows the API that it is still this person, keeps the login's new token, and finishes what waited for it. */
export async function postConfirm(args: RouteArgs) {
  const token = requireLogin(args)
  return submitForm(args, {
    schema,
    hidden: ['act'],
    async work({ password, act: text }) {
      const api = apiFor(args, token)
      const act = keptForm.parse(text)
      if (act) await requireOwner(args, api, act.userId)
      const { confirmIdentity } = await api.request(ConfirmIdentityDocument, { input: { password } })
      const login = requireNewLogin(confirmIdentity)
      const outcome = await finish(args, login, act)
      // The act's own come last, and count: it may have ended this very login.
      const cookies = outcome.headers.getSetCookie()
      outcome.headers.delete('set-cookie')
      for (const [name, value] of keepLogin(args, login)) outcome.headers.append(name, value)
      for (const cookie of cookies) outcome.headers.append('set-cookie', cookie)
      return outcome
    },
  })
}

/** Never throws: the login has its new token by now, and whoever is not told it is signed out. */
async function finish(
  args: RouteArgs,
  login: NewLogin,
  asked: KeptForm | null,
): Promise<TypedResponse<never>> {
  const act = asked && sensitiveActs.get(asked.path)
  if (!act) return redirect('/settings')
  try {
    if (act.finish === null) return showAgain(args, asked)
    const outcome = await act.finish(args, apiFor(args, login.token), asked.values)
    for (const [name, value] of keptForm.forget(args, asked.id)) outcome.headers.append(name, value)
    return outcome
  } catch (error) {
    // Its page has the form still, and says what is wrong with it when it is sent again.
    if (!(error instanceof FormRefusal))
      args.context.logError(error, 'an act was not finished after its proof')
    return showAgain(args, asked)
  }
}

function showAgain(args: RouteArgs, asked: KeptForm): TypedResponse<never> {
  const { path, cookie } = keptForm.keepAgain(asked, args)
  return redirect(path, { headers: cookie === null ? {} : { 'set-cookie': cookie } })
}
