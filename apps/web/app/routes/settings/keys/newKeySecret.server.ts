import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { MINUTE, SECOND } from '@wellness/domain/time'
import { z } from 'zod'
import type { WebConfig } from '../../../../server/loadContext.ts'
import { defineCookie } from '../../../.server/cookie.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'

const LIFETIME_MS = MINUTE
const cookie = defineCookie('new-key', { maxAgeSeconds: LIFETIME_MS / SECOND })
const [IV_BYTES, TAG_BYTES] = [12, 16]
const schema = z.object({ keyId: z.string(), secret: z.string(), until: z.number() })

/** What a key that was just made is on its way to the page that shows it. */
export interface NewKeySecret {
  keyId: string
  secret: string
}

/**
 * Carries the secret of a key from the form that made it to the page that shows it once. A page that answered the form itself
 * would make another key when it is loaded again, and an address ends up in histories and logs. So it is a cookie that the
 * page clears; and since browsers write cookies to disk, it is sealed: what is left there opens nothing.
 */
export const newKeySecret = {
  carry(secret: NewKeySecret, { context: { config } }: RouteArgs): [string, string] {
    return ['set-cookie', cookie.set(seal({ ...secret, until: Date.now() + LIFETIME_MS }, config), config)]
  },

  find({ request, context: { config } }: RouteArgs): NewKeySecret | null {
    const sealed = cookie.find(request, config)
    const found = sealed === null ? null : open(sealed, config)
    return found && found.until > Date.now() ? found : null
  },

  forget: ({ context: { config } }: RouteArgs): [string, string] => ['set-cookie', cookie.clear(config)],
}

function keyFrom({ webApiSecret }: WebConfig): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', webApiSecret, '', 'secret of a new API key', 32))
}

function seal(content: z.output<typeof schema>, config: WebConfig): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(config), iv)
  const sealed = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url')
}

/** Null for what we did not seal: the cookie is its sender's to write. */
function open(text: string, config: WebConfig): z.output<typeof schema> | null {
  const bytes = Buffer.from(text, 'base64url')
  const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)]
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(config), iv, { authTagLength: TAG_BYTES })
    decipher.setAuthTag(rest.subarray(0, TAG_BYTES))
    const content = Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()])
    return schema.parse(JSON.parse(content.toString()))
  } catch {
    return null
  }
}
