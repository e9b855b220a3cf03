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

/** Headers of every answer, whatever it is. */
export function securityHeaders(options: {
  nonce: string
  isHttps: boolean
  /** The development server injects styles and opens a socket; never true in production. */
  isDevelopment: boolean
}): Record<string, string> {
  const { nonce, isHttps, isDevelopment } = options
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': DISABLED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    ...(isHttps && {
      'strict-transport-security': `max-age=${(730 * DAY) / SECOND}; includeSubDomains`,
    }),
  }
}
