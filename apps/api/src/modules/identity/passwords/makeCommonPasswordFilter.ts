import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BloomFilter } from './bloomFilter.ts'
import { passwordFingerprint } from './passwordFingerprint.ts'
import { passwordText } from './passwordText.ts'

const PACKAGE = '@zxcvbn-ts/language-common'
const PHRASES = `${import.meta.dirname}/commonPhrases.txt`
const BITS_PER_ENTRY = 32
/** What is shorter is too much like words: most of a good passphrase would be among them. */
const MIN_LENGTH = 8
const COMMONEST = 100
const COMMONEST_MIN_LENGTH = 4
const PROBES = 1_000_000

export interface CommonPasswordFilter {
  sources: { name: string; sha256: string }[]
  entries: number
  minLength: number
  maxLength: number
  hashes: number
  /** By the size of the filter, and by asking it for what is not in it. */
  falsePositives: { expected: number; found: number; ofProbes: number }
  sha256: string
  bits: string
  commonestMinLength: number
  commonestMaxLength: number
  commonest: string[]
}

/** The filter of the lists as they are installed: the same bytes from the same lists. */
export function makeCommonPasswordFilter(): CommonPasswordFilter {
  const { version, file } = findPackage()
  const list = (JSON.parse(readFileSync(file, 'utf8')) as string[]).map(passwordText.normalize)
  const phrases = readFileSync(PHRASES, 'utf8').trim().split('\n')
  const entries = [...new Set([...list, ...phrases])]
    .filter((entry) => [...entry].length >= MIN_LENGTH)
    .sort()
  const commonest = list.filter((entry) => [...entry].length >= COMMONEST_MIN_LENGTH).slice(0, COMMONEST)
  const data = BloomFilter.build(entries, BITS_PER_ENTRY)
  const maxLength = (texts: string[]) => Math.max(...texts.map((text) => [...text].length))
  return {
    sources: [
      { name: `${PACKAGE} ${version}, src/passwords.json`, sha256: sha256(readFileSync(file)) },
      { name: 'commonPhrases.txt', sha256: sha256(readFileSync(PHRASES)) },
    ],
    entries: entries.length,
    minLength: MIN_LENGTH,
    maxLength: maxLength(entries),
    hashes: data.hashes,
    falsePositives: {
      expected: Number(((1 - Math.exp(-data.hashes / BITS_PER_ENTRY)) ** data.hashes).toExponential(1)),
      found: countFalsePositives(new BloomFilter(data)),
      ofProbes: PROBES,
    },
    sha256: sha256(Buffer.from(data.bits, 'base64')),
    bits: data.bits,
    commonestMinLength: COMMONEST_MIN_LENGTH,
    commonestMaxLength: maxLength(commonest),
    commonest: commonest.map(passwordFingerprint).sort(),
  }
}

/** How many strangers are found. Each begins with a sign that no entry has. */
function countFalsePositives(filter: BloomFilter): number {
  let found = 0
  for (let probe = 0; probe < PROBES; probe += 1) if (filter.has(`\u0000${probe}`)) found += 1
  return found
}

function findPackage(): { version: string; file: string } {
  const require = createRequire(import.meta.url)
  const manifest = readFileSync(require.resolve('@zxcvbn-ts/language-common/package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  return { version, file: require.resolve('@zxcvbn-ts/language-common/src/passwords.json') }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
