import { z } from 'zod'
import { defineCookie } from './cookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** What a person had typed when their login turned out to be over, until they have signed in again. */
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

  find({ request, context }: RouteArgs, owner: { userId: string }): KeptForm | null {
    const text = cookie.find(request, context.config)
    if (!text) return null
    try {
      const form: KeptForm = keptFormSchema.parse(JSON.parse(text))
      return form.userId === owner.userId && form.path === new URL(request.url).pathname ? form : null
    } catch {
      return null
    }
  },

  clear: ({ context }: RouteArgs): string => cookie.clear(context.config),
}
