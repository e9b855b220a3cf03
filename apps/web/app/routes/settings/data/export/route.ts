import { redirect } from '@remix-run/node'
import type { ActionFunctionArgs } from '@remix-run/node'
import { askToConfirm } from '../../../../.server/askToConfirm.ts'
import { askToSignIn } from '../../../../.server/askToSignIn.ts'
import { callerHeaders } from '../../../../.server/callerHeaders.ts'
import { doneNews } from '../../../../.server/doneNews.ts'
import { keptForm } from '../../../../.server/keptForm.ts'
import { loginCookie } from '../../../../.server/loginCookie.ts'
import { refusedLogin } from '../../../../.server/refusedLogin.ts'
import { takeExport } from './takeExport.server.ts'

/** Whoever comes back here after signing in finds the button on the page. */
export function loader() {
  return redirect(takeExport.path)
}

/** Hands the file on as the API writes it. It is posted for, so that no link of another site makes a browser fetch it. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args
  const userId = (await request.clone().formData()).get('userId')
  const keep = () =>
    keptForm.keep({ userId: String(userId).slice(0, 64), path: takeExport.path, values: {} }, args)
  const token = loginCookie.find(request, context.config)
  if (!token) return askToSignIn(args, keep())

  const answer = await fetch(`${context.config.apiUrl}/export/account.json`, {
    headers: { ...callerHeaders(args), authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: request.signal,
  }).catch((error: unknown) => {
    // Whoever hangs up ends the question to the API, too, which is no fault of it.
    if (!request.signal.aborted) context.logError(error, 'the API could not be reached')
    return null
  })
  switch (answer?.status) {
    case 200:
      return new Response(answer.body, {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': 'attachment; filename="wellness-account.json"',
        },
      })
    case 401:
      return refusedLogin(args, keep())
    case 403:
      return askToConfirm(keep())
    case 429:
      return doneNews.redirect(takeExport.path, 'export-too-often', args)
    default:
      return doneNews.redirect(takeExport.path, 'export-away', args)
  }
}
