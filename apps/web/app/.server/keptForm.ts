import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { defineCookie } from './cookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** What a person had asked for when they had to sign in again, or to confirm that it is them, before it could be done. */
export interface KeptForm {
  /** Stands in the addresses on its way, so that each tab comes back to what was asked for in it. */
  id: string
  /** Whose form it was: somebody else who signs in on this device must not find it. */
  userId: string
  path: string
  values: Record<string, string>
}

/** That something was kept, or was too long to be, and where its person comes back to it. */
export interface Kept {
  id: string | null
  cookie: string | null
  path: string
}

const cookie = defineCookie('kept-forms', { maxAgeSeconds: 600 })
/** The cookie, and the form that carries an act past its proof, are their sender's to write. */
const keptFormSchema = z.object({
  id: z.string().regex(/^[\w-]{8}$/),
  userId: z.string(),
  path: z.string(),
  values: z.record(z.string(), z.string()),
})

/** Browsers drop cookies of more than 4096 bytes; what is longer is not kept. */
const MAX_BYTES = 3_500

export const keptForm = {
  keep: (form: Omit<KeptForm, 'id'>, args: RouteArgs): Kept =>
    keptForm.keepAgain({ ...form, id: randomBytes(6).toString('base64url') }, args),

  /** The newest are kept, as many as there is room for. */
  keepAgain(form: KeptForm, args: RouteArgs): Kept {
    const forms = [...others(args, form.id), form]
    while (encodeURIComponent(JSON.stringify(forms)).length > MAX_BYTES) forms.shift()
    if (forms.length === 0) return { id: null, cookie: null, path: form.path }
    const text = cookie.set(JSON.stringify(forms), args.context.config)
    return { id: form.id, cookie: text, path: `${form.path}?kept=${form.id}` }
  },

  /** The one that the address names; `wasNamed` also where it is gone, or somebody else's. */
  find(args: RouteArgs, owner: { id: string }): { form: KeptForm | null; wasNamed: boolean } {
    const id = namedIn(args)
    const form = read(args).find((one) => one.id === id && one.userId === owner.id)
    return { form: form ?? null, wasNamed: id !== null }
  },

  parse(text: string): KeptForm | null {
    try {
      return keptFormSchema.parse(JSON.parse(text))
    } catch {
      return null
    }
  },

  /** The header that forgets one that was done: the one that is named, or that the address names. */
  forget(args: RouteArgs, id = namedIn(args)): [string, string][] {
    const { config } = args.context
    const forms = read(args)
    const left = forms.filter((one) => one.id !== id)
    if (left.length === forms.length) return []
    return [['set-cookie', left.length > 0 ? cookie.set(JSON.stringify(left), config) : cookie.clear(config)]]
  },
}

function namedIn({ request }: RouteArgs): string | null {
  return new URL(request.url).searchParams.get('kept')
}

function others(args: RouteArgs, id: string): KeptForm[] {
  return read(args).filter((one) => one.id !== id)
}

function read({ request, context }: RouteArgs): KeptForm[] {
  try {
    return z.array(keptFormSchema).parse(JSON.parse(cookie.find(request, context.config) ?? '[]'))
  } catch {
    return []
  }
}
