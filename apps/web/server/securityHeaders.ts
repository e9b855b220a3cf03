import { DAY, SECOND } from '@wellness/domain/time'

const DISABLED_FEATURES = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'payment',
  'usb',
]

/** The page behind the link of a mail, whatever it is called with, and any address that names a token. */
const TOKEN_ADDRESS = /^\/+sign-up\/complete|[?&]token=/i

/** The page with GraphiQL. Its editor writes styles as it goes, brings its fonts within them, and works in workers. */
const EXPLORER_ADDRESS = /^\/+explorer(?:[?/]|$)/

/** Headers of every answer, whatever it is. */
export function securityHeaders(options: {
  nonce: string
  isHttps: boolean
  /** The development server injects styles and opens a socket; never true in production. */
  isDevelopment: boolean
  /** The address asked for, with its query. */
  address: string
}): Record<string, string> {
  const { nonce, isHttps, isDevelopment, address } = options
  const isExplorer = EXPLORER_ADDRESS.test(address)
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    isDevelopment || isExplorer ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self'${isExplorer ? ' data:' : ''}`,
    ...(isExplorer ? ["font-src 'self' data:", "worker-src 'self'"] : []),
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    // Where a token is in the address nobody learns it. Elsewhere our own pages may: under no-referrer the forms of a
    // browser that sends no Sec-Fetch-Site would come with `Origin: null`, and be refused.
    'referrer-policy': TOKEN_ADDRESS.test(address) ? 'no-referrer' : 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': DISABLED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    // Without includeSubDomains: the neighbours of this host are the operator's to decide about.
    ...(isHttps && {
      'strict-transport-security': `max-age=${(730 * DAY) / SECOND}`,
    }),
  }
}
