import { DAY } from '@wellness/domain/time'
import type { SupportLine } from './supportLines.ts'

export const VERIFIED_FOR_DAYS = 180

/** Whether an entry was looked at recently enough to be shown to somebody in need. */
export function isVerified({ lastVerified }: Pick<SupportLine, 'lastVerified'>, now: Date): boolean {
  const verifiedAt = lastVerified === null ? NaN : Date.parse(`${lastVerified}T00:00:00Z`)
  const ageMs = now.getTime() - verifiedAt
  return ageMs >= 0 && ageMs <= VERIFIED_FOR_DAYS * DAY
}
