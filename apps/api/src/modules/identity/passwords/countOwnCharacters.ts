import { commonPasswords } from './commonPasswords.ts'
import { findKnownPieces, type Piece } from './findKnownPieces.ts'
import { passwordText } from './passwordText.ts'

/**
 * How many characters of a password are its own: what is left when it is put together from as much as possible that
 * attackers try anyway. That is: pieces as `findKnownPieces` has them, as often as one likes, and one password of the
 * lists besides.
 *
 * @param limit a password with more of its own is good enough: how many more is not looked into.
 */
export function countOwnCharacters(password: string, knownWords: readonly string[], limit: number): number {
  const readings = passwordText.readings(password)
  const length = readings[0]?.length ?? 0
  const pieces = findKnownPieces(readings, knownWords)
  const before = countBefore(length, pieces)
  const after = countAfter(length, pieces)
  let fewest = before[length] ?? Infinity
  if (fewest <= limit) return fewest
  // Whatever of the lists is asked for costs a hash: only where it would make the password a bad one.
  const { min, max } = commonPasswords.listedLengths
  for (let start = 0; start < length; start += 1) {
    for (let end = start + min; end <= Math.min(start + max, length); end += 1) {
      const count = (before[start] ?? Infinity) + (after[end] ?? Infinity)
      if (count <= limit && count < fewest && isListed(readings, start, end)) fewest = count
    }
  }
  return fewest
}

/** For each place, the fewest own characters before it. */
function countBefore(length: number, pieces: readonly Piece[][]): number[] {
  const counts = Array.from({ length: length + 1 }, (_, place) => place)
  for (let start = 0; start < length; start += 1) {
    const count = counts[start] ?? Infinity
    counts[start + 1] = Math.min(counts[start + 1] ?? Infinity, count + 1)
    for (const { minEnd, maxEnd } of pieces[start] ?? []) {
      for (let end = minEnd; end <= maxEnd; end += 1) counts[end] = Math.min(counts[end] ?? Infinity, count)
    }
  }
  return counts
}

/** For each place, the fewest own characters behind it. */
function countAfter(length: number, pieces: readonly Piece[][]): number[] {
  const counts = Array.from({ length: length + 1 }, (_, place) => length - place)
  for (let start = length - 1; start >= 0; start -= 1) {
    let count = (counts[start + 1] ?? Infinity) + 1
    for (const { minEnd, maxEnd } of pieces[start] ?? []) {
      for (let end = minEnd; end <= maxEnd; end += 1) count = Math.min(count, counts[end] ?? Infinity)
    }
    counts[start] = count
  }
  return counts
}

function isListed(readings: readonly string[][], start: number, end: number): boolean {
  return passwordText.spellings(readings, start, end).some(commonPasswords.isListed)
}
