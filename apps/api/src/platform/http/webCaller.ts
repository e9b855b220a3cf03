import {
  CLIENT_ADDRESS_HEADER,
  CLIENT_USER_AGENT_HEADER,
  REQUEST_ID_HEADER,
  TRACEPARENT_HEADER,
  WEB_API_SECRET_HEADER,
} from '@wellness/domain/webHeaders'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { Client } from '../graphql/requestContext.ts'

/** A request id goes into every log line, so only what cannot break out of one is taken over. */
const SAFE_REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/
const USER_AGENT_MAX_LENGTH = 512
/** Stands for whatever a proxy sent in the place of an address (`unknown`, a host, nonsense): one client to the throttles. */
const UNKNOWN_ADDRESS = '0.0.0.0'

/**
 * Tells our web app, which knows WEB_API_SECRET, from everybody else. Only the web app may say for whom it asks: a
 * stranger who could name any client address would slip past every throttle, and one who could choose request ids would
 * forge trails in the log.
 */
export class WebCaller {
  readonly #secret: Buffer

  constructor(secret: string) {
    this.#secret = Buffer.from(secret)
  }

  /** The id that the web app gave this request; else a new one. */
  requestId(headers: IncomingHttpHeaders): string {
    const given = headers[REQUEST_ID_HEADER]
    const isTaken = typeof given === 'string' && SAFE_REQUEST_ID.test(given) && this.#isSentBy(headers)
    return isTaken ? given : randomUUID()
  }

  /** The trace that the web app wants this request to be part of. */
  traceparent(headers: IncomingHttpHeaders): string | undefined {
    const given = headers[TRACEPARENT_HEADER]
    return typeof given === 'string' && this.#isSentBy(headers) ? given : undefined
  }

  /**
   * Who the request comes from.
   *
   * @param ipAddress the peer's, or what a trusted proxy says it is; undefined once the peer has gone.
   */
  client(headers: IncomingHttpHeaders, ipAddress: string | undefined): Client {
    const isWeb = this.#isSentBy(headers)
    const userAgent = isWeb ? headers[CLIENT_USER_AGENT_HEADER] : headers['user-agent']
    return {
      ipAddress: this.origin(headers, ipAddress).ipAddress,
      userAgent: typeof userAgent === 'string' ? userAgent.slice(0, USER_AGENT_MAX_LENGTH) : null,
    }
  }

  /** Where the request comes from, and whether our web app passed it on. */
  origin(headers: IncomingHttpHeaders, ipAddress: string | undefined): { ipAddress: string; isWeb: boolean } {
    const isWeb = this.#isSentBy(headers)
    const named = isWeb ? headers[CLIENT_ADDRESS_HEADER] : undefined
    return { ipAddress: readAddress(named) ?? readAddress(ipAddress) ?? UNKNOWN_ADDRESS, isWeb }
  }

  #isSentBy(headers: IncomingHttpHeaders): boolean {
    const given = headers[WEB_API_SECRET_HEADER]
    if (typeof given !== 'string') return false
    const bytes = Buffer.from(given)
    return bytes.length === this.#secret.length && timingSafeEqual(bytes, this.#secret)
  }
}

/** Null for what is no address. A zone, which may be any text, is left out. */
function readAddress(text: string | string[] | undefined): string | null {
  if (typeof text !== 'string' || isIP(text) === 0) return null
  const address = text.replace(/%.*$/, '')
  // A socket that listens on IPv6 shows IPv4 peers so; one client must not count as two.
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}
