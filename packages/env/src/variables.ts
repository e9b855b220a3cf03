import { isIP } from 'node:net'
import { z } from 'zod'

/**
 * Coercers from the text of an environment variable. Their messages say what is wanted and never repeat the value.
 */
export const variables = {
  port: () =>
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .pipe(z.number().max(65535, 'must be a port number from 0 to 65535')),

  integer: (min: number, max: number) =>
    z
      .string()
      .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
      .transform(Number)
      .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`)),

  /** A part of a whole, from 0 to 1. */
  ratio: () =>
    z
      .string()
      .regex(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, 'must be a number from 0 to 1')
      .transform(Number),

  /** An address with one of these schemes (given without colon). */
  address: (...schemes: string[]) =>
    z
      .string()
      .refine(
        (text) => isAddress(text, schemes),
        `must be an address that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`,
      ),

  /** Several addresses, separated by commas. */
  addresses: (...schemes: string[]) =>
    list().refine(
      (items) => items.length > 0 && items.every((item) => isAddress(item, schemes)),
      `must be one or more addresses, separated by commas, that begin with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    ),

  /** Where people reach an app: scheme, host and port, and nothing behind it. Plain http keeps no cookie safe. */
  publicOrigin: () =>
    z
      .string()
      .refine(
        (text) => isAddress(text, ['http', 'https']) && new URL(text).origin === text.replace(/\/$/, ''),
        'must be an http:// or https:// address without a path',
      )
      .refine(
        (text) => !text.startsWith('http:') || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostOf(text)),
        'must begin with https://, but for an address on localhost',
      )
      .transform((text) => new URL(text).origin),

  /** IP addresses and ranges of them, separated by commas; nothing is an empty list. A range of everybody is refused. */
  networks: () =>
    list().refine(
      (items) => items.every(isNetwork),
      'must be addresses or ranges of addresses, such as 10.0.0.0/8, separated by commas',
    ),

  /** One secret of at least so many bytes. */
  secret: (minBytes: number) =>
    z.string().refine((text) => Buffer.byteLength(text) >= minBytes, `must have at least ${minBytes} bytes`),

  /** Secrets separated by commas, newest first, each of at least so many bytes. */
  secrets: (minBytes: number) =>
    list().refine(
      (items) => items.length > 0 && items.every((item) => Buffer.byteLength(item) >= minBytes),
      `must have at least ${minBytes} bytes, and so must each of several that are separated by commas`,
    ),
}

function list() {
  return z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
}

function isAddress(text: string, schemes: string[]): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return schemes.some((scheme) => protocol === `${scheme}:`) && hostname !== ''
}

function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const version = isIP(address)
  if (version === 0) return false
  return bits === undefined || (Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
}

function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : ''
}
