/** How long a key may work: none, or the API's `expiresInDays`. */
export const expiries = {
  '30': { days: 30, name: '30 days' },
  '90': { days: 90, name: '90 days' },
  '365': { days: 365, name: '1 year' },
  never: { days: null, name: 'Never' },
} as const

export type Expiry = keyof typeof expiries
