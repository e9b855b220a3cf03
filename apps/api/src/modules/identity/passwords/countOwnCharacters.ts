import { commonPasswords } from './commonPasswords.ts'
import { keyboardWalk } from './keyboardWalk.ts'
import { passwordText } from './passwordText.ts'

const { isCommonest, isListed, commonestLengths, listedLengths } = commonPasswords
/** "abcabc", "aaaa": what is repeated may have so many characters. */
const REPEATED_MAX_LENGTH = 7
const REPEAT_MIN_LENGTH = 4

/**
 * How many characters of a password are its own: what is left when it is put together from as much as possible that
 * attackers try anyway. That is: the hundred commonest passwords, as often as one likes; one other of the lists; walks
 * over the keyboard; repeats; and `knownWords`, which somebody who knows the person tries.
 *
 * @param limit a password with more of its own is good enough, however many more: the count stops there.
 */
export function countOwnCharacters(password: string, knownWords: readonly string[], limit: number): number {
  const readings = passwordText.readings(password)
  const known = new Set(knownWords.map((word) => passwordText.normalize(word)).filter((word) => word !== ''))
  const longest = Math.max(listedLengths.max, ...[...known].map((word) => [...word].length))
  const written = readings[0] ?? []
  /** For each place, the fewest own characters before it: without one of the lists, and with. */
  const fewest = Array.from({ length: written.length + 1 }, () => [Infinity, Infinity] as [number, number])
  const reach = (place: number, withListed: 0 | 1, count: number) => {
    const counts = fewest[place]
    if (counts) counts[withListed] = Math.min(counts[withListed], count)
  }
  reach(0, 0, 0)

  for (let start = 0; start < written.length; start += 1) {
    const [without = Infinity, withOne = Infinity] = fewest[start] ?? []
    if (Math.min(without, withOne) > limit) continue
    const pass = (end: number, own = 0) => {
      reach(end, 0, without + own)
      reach(end, 1, withOne + own)
    }
    pass(start + 1, 1)
    for (const end of keyboardWalk.endsOf(written, start)) pass(end)
    for (const end of repeatEnds(written, start)) pass(end)
    const spelled = readings.map(() => '')
    for (let length = 1; length <= longest && start + length <= written.length; length += 1) {
      readings.forEach((reading, index) => (spelled[index] += reading[start + length - 1] ?? ''))
      const spellings = new Set(spelled)
      const isAny = (isIn: (text: string) => boolean, { min, max } = { min: 1, max: longest }) =>
        length >= min && length <= max && [...spellings].some(isIn)
      if (isAny((text) => known.has(text)) || isAny(isCommonest, commonestLengths)) pass(start + length)
      else if (without <= limit && isAny(isListed, listedLengths)) reach(start + length, 1, without)
    }
  }
  return Math.min(...(fewest.at(-1) ?? []))
}

/** Where a repeat may end that begins here: of a few characters from the first on, of more from the second time on. */
function* repeatEnds(text: readonly string[], start: number): Generator<number> {
  for (let unit = 1; unit <= REPEATED_MAX_LENGTH; unit += 1) {
    let end = start + unit
    while (end < text.length && text[end] === text[end - unit]) end += 1
    for (; end >= start + Math.max(2 * unit, REPEAT_MIN_LENGTH); end -= 1) yield end
  }
  for (let unit = REPEATED_MAX_LENGTH + 1; unit <= start && start + unit <= text.length; unit += 1) {
    const again = text.slice(start, start + unit)
    if (again.every((character, index) => character === text[start - unit + index])) yield start + unit
  }
}
