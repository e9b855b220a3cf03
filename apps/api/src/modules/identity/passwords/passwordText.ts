/** What stands for letters where a password has to have digits or signs. A 1 is read as i and as l. */
const LEET = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' } as const

/** A password as attackers spell it: without case, in one form of each character, and with letters for their stand-ins. */
export const passwordText = {
  normalize(text: string): string {
    return text.normalize('NFKC').toLowerCase()
  },

  /** The ways to read it, character by character; the first is as it is written. */
  readings(password: string): string[][] {
    const written = [...passwordText.normalize(password)]
    const read = (one: string) =>
      written.map((character) =>
        character === '1' ? one : (LEET[character as keyof typeof LEET] ?? character),
      )
    return [written, read('i'), read('l')]
  },

  /** The different ways to read a part of it. */
  spellings(readings: readonly string[][], start: number, end: number): string[] {
    return [...new Set(readings.map((reading) => reading.slice(start, end).join('')))]
  },
}
