import { data } from '@remix-run/node'
import { emailAddress } from '@wellness/domain/emailAddress'
import { z } from 'zod'
import { authenticatorFor } from '../../.server/authenticator.ts'
import { doneNews } from '../../.server/doneNews.ts'
import { enter } from '../../.server/enter.ts'
import { findMe } from '../../.server/findMe.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { localPath } from '../../.server/localPath.ts'
import { redirectTo } from '../../.server/redirectTo.ts'
import { submitForm } from '../../.server/submitForm.ts'

const HOME = '/today'

/** A password of any length may be tried here: what is too long or short for a new one is simply wrong. */
const schema = z.object({
  email: emailAddress,
  password: z.string().min(1, 'Enter your password.'),
  redirectTo: z.string().optional(),
})

/** Whoever is signed in already goes on at once. */
export async function loadSignIn(args: RouteArgs) {
  const { searchParams } = new URL(args.request.url)
  const path = localPath(searchParams.get('redirectTo'), HOME)

  if (await findMe(args)) throw redirectTo(path)
  const { done, headers } = doneNews.take(
    args,
    'signed-out',
    'signed-out-everywhere',
    'signed-out-and-keys-revoked',
    'new-password',
  )
  return data({ redirectTo: path, isInterrupted: searchParams.has('redirectTo'), done }, { headers })
}

export function postSignIn(args: RouteArgs) {
  return submitForm(args, {
    schema,
    async work({ redirectTo: path }) {
      const login = await authenticatorFor(args).authenticate('form', args.request)
      return enter(args, login, localPath(path, HOME))
    },
  })
}
