import { data } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import type { UserErrorFieldsFragment } from '@wellness/api-client/operations'
import type { z } from 'zod'
import type { FormState } from '../ui/formState.ts'
import { askToConfirm } from './askToConfirm.ts'
import { askToSignIn } from './askToSignIn.ts'
import { explainUserErrors } from './explainUserErrors.ts'
import { FormRefusal } from './formRefusal.ts'
import { formatWait } from './formatWait.ts'
import { isApiAway } from './isApiAway.ts'
import type { Kept } from './keptForm.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import { refusedLogin } from './refusedLogin.ts'
import { toPageError } from './toPageError.ts'

/** The fields that hold one are named so. */
const PASSWORD = /password$/i
/** A link’s token need not be sent back either: the address of its page has it. */
const SECRET = /password$|^token$/i
const API_AWAY =
  'We can’t reach our server just now, so this may not have gone through. Please try again in a moment.'
const NOT_WHOLE = 'This page was out of date. Please open it again and try once more.'
const API_AWAY_KEPT = `${API_AWAY} What you typed is still here.`

/**
 * Takes a posted form: checks it, does the work, and otherwise answers with the form as it was typed and what is wrong.
 * Secrets are never sent back, nor kept. The work refuses with FormRefusal, and answers by a redirect.
 */
export async function submitForm<Schema extends z.ZodObject>(
  args: RouteArgs,
  options: {
    schema: Schema
    /** Fields that nobody sees; what is wrong with one stands above the form. */
    hidden?: string[]
    work: (input: z.output<Schema>) => Promise<TypedResponse<never>>
    /** For forms of signed-in people: keeps what was asked for while they show who they are. */
    keep?: (values: Record<string, string>) => Kept
  },
) {
  // A clone, since the sign-in strategy reads the form itself.
  const sent = await args.request.clone().formData()
  const fields = Object.keys(options.schema.shape)
  // Boxes of one name are one value here, with a comma between, that can be shown again and kept like any other. Only what is
  // asked for is looked at: a body has room for sixteen thousand fields.
  const form = Object.fromEntries(
    fields.flatMap((name) => {
      const [first, ...others] = sent.getAll(name)
      return first === undefined ? [] : [[name, others.length > 0 ? [first, ...others].join(',') : first]]
    }),
  )
  const visibleFields = fields.filter((name) => !options.hidden?.includes(name))
  const values = Object.fromEntries(
    fields.flatMap((name) =>
      !SECRET.test(name) && typeof form[name] === 'string' ? [[name, form[name]]] : [],
    ),
  )
  const refuse = (problem: Partial<FormState>, status: number, headers?: HeadersInit) =>
    data<FormState>({ values, fieldErrors: {}, formErrors: [], codes: [], ...problem }, { status, headers })

  const { keep } = options
  if (keep && !loginCookie.find(args.request, args.context.config)) throw askToSignIn(args, keep(values))

  const parsed = options.schema.safeParse(form)
  if (!parsed.success) {
    const fieldErrors: Record<string, string> = {}
    for (const issue of parsed.error.issues) fieldErrors[String(issue.path[0])] ??= issue.message
    // Nobody can put right what they cannot see: the page was not whole, or not ours.
    const isWhole = Object.keys(fieldErrors).every((name) => visibleFields.includes(name))
    return refuse(isWhole ? { fieldErrors } : { formErrors: [NOT_WHOLE] }, 422)
  }

  try {
    return await options.work(parsed.data)
  } catch (error) {
    if (error instanceof FormRefusal) {
      if (keep && error.userErrors.some(({ code }) => code === 'REAUTHENTICATION_REQUIRED')) {
        throw askToConfirm(keep(values))
      }
      const problem = explainUserErrors(error.userErrors, visibleFields)
      const waitSeconds = findWait(error.userErrors)
      if (waitSeconds !== null) return refuse(problem, 429, { 'retry-after': String(waitSeconds) })
      return refuse(problem, problem.codes?.includes('INVALID_TOKEN') ? 410 : 422)
    }
    if (isApiAway(error)) {
      args.context.logError(error, 'the API could not be reached')
      const formErrors = [fields.some((name) => PASSWORD.test(name)) ? API_AWAY : API_AWAY_KEPT]
      return refuse({ formErrors }, 503, { 'retry-after': '5' })
    }
    if (error instanceof ApiError && error.code === 'RATE_LIMITED') {
      const wait = formatWait(error.retryAfterSeconds)
      return refuse({ formErrors: [`We’re very busy. Please wait ${wait}, then try again.`] }, 429)
    }
    if (error instanceof ApiError && error.status === 401 && keep) {
      throw refusedLogin(args, keep(values))
    }
    throw toPageError(args, error)
  }
}

function findWait(userErrors: UserErrorFieldsFragment[]): number | null {
  const refusal = userErrors.find(({ code }) => code === 'TOO_MANY_ATTEMPTS')
  return refusal ? (refusal.retryAfterSeconds ?? 60) : null
}
