import { z } from 'zod'
import { defineCookie } from './cookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** What a person had asked for when they had to sign in again, or to confirm that it is them, before it could be done. */
export interface KeptForm {
  /** Whose form it was: somebody else who signs in on this device must not find it. */
  userId: string
  path: string
  values: Record<string, string>
}

const cookie = defineCookie('kept-form', { maxAgeSeconds: 600 })
/** The cookie is its sender's to write. */
const keptFormSchema = z.object({
  userId: z.string(),
  path: z.string(),
  values: z.record(z.string(), z.string()),
})

/** Browsers drop cookies of more than 4096 bytes; what is longer is not kept. */
const MAX_BYTES = 3_500

export const keptForm = {
  set(form: KeptForm, { context }: RouteArgs): string | null {
    const text = JSON.stringify(form)
    return encodeURIComponent(text).length > MAX_BYTES ? null : cookie.set(text, context.config)
  },

  /** The form of this very page. */
  find(args: RouteArgs, owner: { userId: string }): KeptForm | null {
    const form = read(args)
    return form?.userId === owner.userId && form.path === new URL(args.request.url).pathname ? form : null
  },

  /** The form of whatever page. */
  findAny(args: RouteArgs, owner: { userId: string }): KeptForm | null {
    const form = read(args)
    return form?.userId === owner.userId ? form : null
  },

  clear: ({ context }: RouteArgs): string => cookie.clear(context.config),
}

function read({ request, context }: RouteArgs): KeptForm | null {
  const text = cookie.find(request, context.config)
  if (!text) return null
  try {
    return keptFormSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
