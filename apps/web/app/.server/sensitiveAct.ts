import type { TypedResponse } from '@remix-run/node'
import type { ApiClient } from '@wellness/api-client'
import { z } from 'zod'
import { apiFor } from './api.ts'
import { keptForm } from './keptForm.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import { requireOwner } from './requireOwner.ts'
import { submitForm } from './submitForm.ts'

/** Something for which the API wants a recent proof of identity, so that it may have to wait for one. */
export interface SensitiveAct {
  /** The page that it is asked for on, and where it is shown again when it could not be done. */
  path: string
  /** What the page that asks for the proof says of it; null for values that are none of its own. */
  describe(values: Record<string, string>): string | null
  /** Takes the form of its page. */
  post(args: RouteArgs): ReturnType<typeof submitForm>
  /** Does it right after the proof; null for what is shown once more before it is done. */
  finish:
    | ((args: RouteArgs, api: ApiClient, values: Record<string, string>) => Promise<TypedResponse<never>>)
    | null
}

const ownerSchema = z.object({ userId: z.string().max(64) })

export function defineSensitiveAct<Shape extends z.ZodRawShape>(act: {
  path: string
  fields: Shape
  hidden?: (keyof Shape & string)[]
  describe(input: z.output<z.ZodObject<Shape>>): string
  perform(args: RouteArgs, api: ApiClient, input: z.output<z.ZodObject<Shape>>): Promise<TypedResponse<never>>
  /** It cannot be taken back: after the proof its page shows it again, and its person says it once more. */
  isShownAgain?: boolean
}): SensitiveAct {
  const { path, describe, perform } = act
  const schema = z.object(act.fields)
  return {
    path,
    describe(values) {
      const parsed = schema.safeParse(values)
      return parsed.success ? describe(parsed.data) : null
    },
    post: (args) =>
      submitForm(args, {
        schema: z.object({ ...act.fields, ...ownerSchema.shape }),
        hidden: [...(act.hidden ?? []), 'userId'],
        keep: ({ userId = '', ...values }) => keptForm.keep({ userId, path, values }, args),
        async work(input) {
          const api = apiFor(args, loginCookie.find(args.request, args.context.config))
          await requireOwner(args, api, ownerSchema.parse(input).userId)
          // Without the owner, whom the API would not take for a part of its input.
          const outcome = await perform(args, api, schema.parse(input))
          for (const [name, value] of keptForm.forget(args)) outcome.headers.append(name, value)
          return outcome
        },
      }),
    finish: act.isShownAgain ? null : (args, api, values) => perform(args, api, schema.parse(values)),
  }
}
