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

/** Steps from key to neighbour: qwertyuiop, 1qaz, q1w2e3, 87654321, and the alphabet. */
export const keyboardWalk = {
  /** Where a walk may end that begins at this character. */
  endsOf(text: readonly string[], start: number): Set<number> {
    const ends = new Set<number>()
    for (const places of layouts) {
      const { straight, winding } = follow(places, text, start)
      for (let end = start + STRAIGHT_MIN_LENGTH; end <= straight; end += 1) ends.add(end)
      for (let end = start + WINDING_MIN_LENGTH; end <= winding; end += 1) ends.add(end)
    }
    return ends
  },
}

function follow(places: Map<string, Place>, text: readonly string[], start: number) {
  let [straight, winding] = [start + 1, start + 1]
  let first: Place | undefined
  let from = places.get(text[start] ?? '')
  while (from && winding < text.length) {
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
