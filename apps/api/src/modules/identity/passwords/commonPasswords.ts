import { BloomFilter } from './bloomFilter.ts'
import filter from './commonPasswordFilter.json' with { type: 'json' }
import { passwordFingerprint } from './passwordFingerprint.ts'

const listed = new BloomFilter(filter)
const commonest = new Set(filter.commonest)

/** What `npm run build:password-filter` made of the lists. Nothing is asked outside. */
export const commonPasswords = {
  listedLengths: { min: filter.minLength, max: filter.maxLength },
  commonestLengths: { min: filter.commonestMinLength, max: filter.commonestMaxLength },

  /** Whether it is on a list of common passwords; of others, one in many thousands is found too. */
  isListed(text: string): boolean {
    return listed.has(text)
  },

  /** Whether it is one of the hundred commonest. */
  isCommonest(text: string): boolean {
    return commonest.has(passwordFingerprint(text))
  },
}
