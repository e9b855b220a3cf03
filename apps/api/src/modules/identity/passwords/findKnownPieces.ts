import { commonPasswords } from './commonPasswords.ts'
import { keyboardWalk } from './keyboardWalk.ts'
import { passwordText } from './passwordText.ts'

/** A piece may end at every place from the one to the other. */
export interface Piece {
  minEnd: number
  maxEnd: number
}

/** "abcabc", "aaaa": what is repeated may have so many characters. */
const REPEATED_MAX_LENGTH = 7
const REPEAT_MIN_LENGTH = 4
/** A longer one is several, as a walk is. */
const REPEAT_MAX_LENGTH = 32

/**
 * By the place where they begin, the pieces of a password that attackers try anyway: the hundred commonest passwords,
 * walks over the keyboard, repeats, and `knownWords`, which somebody who knows the person tries.
 */
export function findKnownPieces(readings: readonly string[][], knownWords: readonly string[]): Piece[][] {
  const [written = []] = readings
  const words = knownWords.map((word) => [...passwordText.normalize(word)]).filter((word) => word.length > 0)
  return written.map((_character, start) => [
    ...keyboardWalk.piecesFrom(written, start),
    ...repeatsFrom(written, start),
    ...commonestFrom(readings, start),
    ...words.filter((word) => isAt(readings, start, word)).map((word) => endingAt(start + word.length)),
  ])
}

/** Of a few characters from the first time on; of more, from the second time on. */
function repeatsFrom(text: readonly string[], start: number): Piece[] {
  const pieces: Piece[] = []
  for (let unit = 1; unit <= REPEATED_MAX_LENGTH; unit += 1) {
    const minEnd = start + Math.max(2 * unit, REPEAT_MIN_LENGTH)
    const limit = Math.min(text.length, start + REPEAT_MAX_LENGTH)
    let maxEnd = start + unit
    while (maxEnd < limit && text[maxEnd] === text[maxEnd - unit]) maxEnd += 1
    if (maxEnd >= minEnd) pieces.push({ minEnd, maxEnd })
  }
  for (let unit = REPEATED_MAX_LENGTH + 1; unit <= start && start + unit <= text.length; unit += 1) {
    let end = start
    while (end < start + unit && text[end] === text[end - unit]) end += 1
    if (end === start + unit) pieces.push(endingAt(end))
  }
  return pieces
}

function commonestFrom(readings: readonly string[][], start: number): Piece[] {
  const pieces: Piece[] = []
  const { min, max } = commonPasswords.commonestLengths
  for (let end = start + min; end <= Math.min(start + max, readings[0]?.length ?? 0); end += 1) {
    if (passwordText.spellings(readings, start, end).some(commonPasswords.isCommonest)) {
      pieces.push(endingAt(end))
    }
  }
  return pieces
}

function isAt(readings: readonly string[][], start: number, word: readonly string[]): boolean {
  return readings.some((reading) => word.every((character, index) => reading[start + index] === character))
}

function endingAt(end: number): Piece {
  return { minEnd: end, maxEnd: end }
}
