/** What lies side by side on a keyboard, row by row; the alphabet and the digits are one row each. */
const LAYOUTS = [
  ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'\\", 'zxcvbnm,./'],
  ['1234567890ß´', 'qwertzuiopü+', 'asdfghjklöä#', 'yxcvbnm,.-'],
  ['&é"\'(-è_çà)=', 'azertyuiop^$', 'qsdfghjklmù*', 'wxcvbn,;:!'],
  ['1234567890-=', 'йцукенгшщзхъ', 'фывапролджэ\\', 'ячсмитьбю.'],
  ['!@#$%^&*()_+'],
  ['789', '456', '123', '0'],
  ['abcdefghijklmnopqrstuvwxyz'],
  ['абвгдеёжзийклмнопрстуфхцчшщъыьэюя'],
]

type Place = readonly [row: number, column: number]

const layouts = LAYOUTS.map(
  (rows) =>
    new Map<string, Place>(
      rows.flatMap((keys, row) => [...keys].map((key, column) => [key, [row, column] as const])),
    ),
)

/** In one direction: 1qaz, qwer. */
const STRAIGHT_MIN_LENGTH = 4
/** However it turns: q1w2e3. Words walk over four keys, too. */
const WINDING_MIN_LENGTH = 6
/** A longer walk is several. Following each to its end from each of its keys would cost the square of its length. */
const MAX_LENGTH = 32

/** Steps from key to neighbour: qwertyuiop, 1qaz, q1w2e3, 87654321, and the alphabet. */
export const keyboardWalk = {
  /** Where the walks may end that begin at this character: at every place from the one to the other. */
  piecesFrom(text: readonly string[], start: number): { minEnd: number; maxEnd: number }[] {
    return layouts
      .flatMap((places) => {
        const { straight, winding } = follow(places, text, start)
        return [
          { minEnd: start + STRAIGHT_MIN_LENGTH, maxEnd: straight },
          { minEnd: start + WINDING_MIN_LENGTH, maxEnd: winding },
        ]
      })
      .filter(({ minEnd, maxEnd }) => minEnd <= maxEnd)
  },
}

function follow(places: Map<string, Place>, text: readonly string[], start: number) {
  let [straight, winding] = [start + 1, start + 1]
  let first: Place | undefined
  let from = places.get(text[start] ?? '')
  while (from && winding < Math.min(text.length, start + MAX_LENGTH)) {
    const to = places.get(text[winding] ?? '')
    if (!to) break
    const step: Place = [to[0] - from[0], to[1] - from[1]]
    if (Math.abs(step[0]) > 1 || Math.abs(step[1]) > 1) break
    first ??= step
    if (straight === winding && step[0] === first[0] && step[1] === first[1]) straight += 1
    winding += 1
    from = to
  }
  return { straight, winding }
}
